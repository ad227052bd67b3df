// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which class follows which section of which RFC, gathered from the comments beside the code. */
final class StandardsPage {
    private static final Pattern MENTION = Pattern.compile("RFC (\\d{3,5})((?:[ ,]+§[0-9A-Z](?:[0-9.]*[0-9])?)*)");
    private static final Pattern SECTION = Pattern.compile("§([0-9A-Z](?:[0-9.]*[0-9])?)");
    private static final Pattern COMMENT_EDGE = Pattern.compile("\\n\\s*(\\*|//)? ?");
    private static final List<String> TEST_ENDINGS = List.of("Test", "Properties", "Fuzz", "Contract");

    /** Sections in the order in which their RFC has them: 4.9 before 4.10, the whole RFC first. */
    private static final Comparator<String> BY_NUMBERS = Comparator.comparing(section -> Pattern.compile("\\d+")
            .matcher(section)
            .replaceAll(found -> "%05d".formatted(Integer.parseInt(found.group()))));

    private final Map<Integer, Map<String, TreeSet<String>>> classes = new TreeMap<>();
    private final Map<String, Path> tests;

    private StandardsPage() {
        tests = Checkout.ROOMS.stream()
                .map(room -> Checkout.root().resolve(room).resolve("src/test/java"))
                .flatMap(directory ->
                        Checkout.files(directory, file -> file.toString().endsWith(".java")).stream())
                .collect(Collectors.toMap(StandardsPage::simpleName, file -> file, (one, other) -> one));
    }

    static String text() {
        StandardsPage page = new StandardsPage();
        Checkout.sources().forEach(page::read);
        return page.write();
    }

    private void read(Path file) {
        String text = COMMENT_EDGE.matcher(Checkout.text(file)).replaceAll(" ");
        Matcher mention = MENTION.matcher(text);
        while (mention.find()) {
            List<String> sections = new ArrayList<>();
            Matcher section = SECTION.matcher(mention.group(2));
            while (section.find()) {
                sections.add(section.group(1));
            }
            for (String named : sections.isEmpty() ? List.of("") : sections) {
                classes.computeIfAbsent(Integer.valueOf(mention.group(1)), rfc -> new TreeMap<>(BY_NUMBERS))
                        .computeIfAbsent(named, key -> new TreeSet<>())
                        .add(link(file));
            }
        }
    }

    private String link(Path file) {
        String name = simpleName(file);
        boolean isPackage = name.equals("package-info");
        String shown = isPackage ? file.getParent().getFileName() + " (package)" : name;
        String link = "[" + shown + "](../" + Checkout.root().relativize(file) + ")";
        return TEST_ENDINGS.stream()
                .filter(ending -> tests.containsKey(name + ending))
                .findFirst()
                .map(ending -> link + " ([test](../" + Checkout.root().relativize(tests.get(name + ending)) + "))")
                .orElse(link);
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private String write() {
        StringBuilder page = new StringBuilder("# Standards\n\nWhich class follows which section of which RFC. "
                + "Generated from the comments in the code by `StandardsPageTest`; do not edit.\n");
        classes.forEach((rfc, sections) -> {
            page.append("\n## RFC ").append(rfc).append("\n\n| section | followed by |\n|---|---|\n");
            sections.forEach((section, links) -> page.append("| ")
                    .append(section.isEmpty() ? "as a whole" : "§" + section)
                    .append(" | ")
                    .append(String.join(", ", links))
                    .append(" |\n"));
        });
        return page.toString();
    }
}
