// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.nio.file.Path;
import org.amrelay.delivery.dsn.NoticeFolder;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.server.home.StartRefused;

/** Reads {@code conf/notices/LANGUAGE.txt}. A home without that folder writes notices in English. */
final class NoticeFiles {
    private NoticeFiles() {}

    static NoticeTemplates read(Path directory, String language) {
        try {
            return NoticeFolder.read(directory, language);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException unreadable) {
            throw new StartRefused("cannot read " + directory + " as UTF-8: " + unreadable, unreadable);
        }
    }
}
