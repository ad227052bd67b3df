// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;

/** A reader of one format of archives. */
public interface Unpacker {
    /**
     * Hands each file inside to the sink.
     *
     * @throws LimitReached when the sink refuses more
     * @throws IOException when the archive is damaged
     */
    void unpack(FileBytes archive, EntrySink sink) throws IOException;
}
