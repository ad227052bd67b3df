// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.amrelay.mail.address.EmailAddress;

/**
 * Reads a folder with {@code DOMAIN.txt} and {@code DOMAIN.html}, and {@code default.txt} and {@code default.html} for all others.
 *
 * <p>One of the two is enough: the other form is made of it. An empty file means that the domain wants none. Without the
 * folder there are none.
 */
public final class DisclaimerFolder {
    private static final String TEXT = ".txt";
    private static final String HTML = ".html";
    private static final long LARGEST = 64 * 1024;

    private DisclaimerFolder() {}

    /**
     * All disclaimers in a folder; other files in it are not looked at.
     *
     * @throws IllegalArgumentException with a sentence that names the file that is wrong
     * @throws IOException when a file cannot be read as UTF-8
     */
    public static Disclaimers read(Path directory) throws IOException {
        Map<String, List<Path>> files = new TreeMap<>();
        for (Path file : files(directory)) {
            files.computeIfAbsent(domain(file), domain -> new ArrayList<>()).add(file);
        }
        Map<String, Optional<Disclaimer>> found = new LinkedHashMap<>();
        for (Map.Entry<String, List<Path>> each : files.entrySet()) {
            found.put(each.getKey(), disclaimer(each.getValue()));
        }
        return new Disclaimers(found);
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> suffix(file).isPresent()).sorted().toList();
        }
    }

    private static Optional<String> suffix(Path file) {
        return Stream.of(TEXT, HTML)
                .filter(suffix -> file.getFileName().toString().endsWith(suffix))
                .findFirst();
    }

    private static String domain(Path file) {
        String name = file.getFileName().toString();
        String domain =
                name.substring(0, name.length() - suffix(file).orElse("").length());
        if (domain.equals(Disclaimers.DEFAULT)) {
            return domain;
        }
        return EmailAddress.parse("x@" + domain)
                .map(EmailAddress::domain)
                .orElseThrow(() -> new IllegalArgumentException(file + ": '" + domain + "' is not a domain"));
    }

    private static Optional<Disclaimer> disclaimer(List<Path> files) throws IOException {
        Map<String, String> forms = new LinkedHashMap<>();
        for (Path file : files) {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + ": is larger than 64 KB");
            }
            String content = Files.readString(file);
            if (!content.isBlank()) {
                forms.put(suffix(file).orElse(""), content);
            }
        }
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Disclaimer.of(Optional.ofNullable(forms.get(TEXT)), Optional.ofNullable(forms.get(HTML))));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(files.get(0) + ": " + wrong.getMessage(), wrong);
        }
    }
}
