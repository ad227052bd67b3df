// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the languages of notices: a folder with {@code LANGUAGE.txt} for each. Without the folder there is English. */
public final class NoticeFolder {
    private static final String SUFFIX = ".txt";
    private static final long LARGEST = 64 * 1024;

    private NoticeFolder() {}

    /**
     * All languages in a folder.
     *
     * @param language for mail that names none
     * @throws IllegalArgumentException with a sentence that names the file that is wrong
     * @throws IOException when a file cannot be read as UTF-8
     */
    public static NoticeTemplates read(Path directory, String language) throws IOException {
        Map<String, NoticeTemplate> templates = new LinkedHashMap<>();
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            templates.put(name.substring(0, name.length() - SUFFIX.length()), template(file));
        }
        try {
            return new NoticeTemplates(templates, language);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("notices.language: " + wrong.getMessage() + " in " + directory, wrong);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    private static NoticeTemplate template(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException("is larger than 64 KB");
            }
            return NoticeTemplate.parse(Files.readString(file));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
        }
    }
}
