// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amrelay.delivery.dsn.NoticeTemplate;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.server.home.StartRefused;

/** Reads {@code conf/notices/LANGUAGE.txt}. A home without that folder writes notices in English. */
final class NoticeFiles {
    private static final String SUFFIX = ".txt";
    private static final long LARGEST = 64 * 1024;

    private NoticeFiles() {}

    static NoticeTemplates read(Path directory, String language) {
        Map<String, NoticeTemplate> templates = new LinkedHashMap<>();
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            templates.put(name.substring(0, name.length() - SUFFIX.length()), template(file));
        }
        try {
            return new NoticeTemplates(templates, language);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("notices.language: " + wrong.getMessage() + " in " + directory, wrong);
        }
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException unreadable) {
            throw new StartRefused("cannot read " + directory + ": " + unreadable, unreadable);
        }
    }

    private static NoticeTemplate template(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new StartRefused(file + " is larger than 64 KB");
            }
            return NoticeTemplate.parse(Files.readString(file));
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(file + ": " + wrong.getMessage(), wrong);
        } catch (IOException unreadable) {
            throw new StartRefused("cannot read " + file + " as UTF-8: " + unreadable, unreadable);
        }
    }
}
