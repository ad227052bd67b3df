// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\borg\\.amrelay(?:\\.[a-z0-9]+)+((?:\\.[A-Z][A-Za-z0-9]+)+)");
    private static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z0-9]+(-[a-z0-9]+)*\\.md");

    @Test
    void everyClassThatConfigurationAndDocumentsNameExists() {
        TreeSet<String> missing = new TreeSet<>();
        List<Path> files = new ArrayList<>(Checkout.files(Checkout.root().resolve("conf"), file -> true));
        files.addAll(Checkout.files(Checkout.root().resolve("docs"), file -> true));
        files.addAll(Checkout.files(Checkout.root().resolve("extensions/conf"), file -> true));
        for (Path file : files) {
            Matcher matcher = CLASS_NAME.matcher(Checkout.text(file));
            while (matcher.find()) {
                if (!exists(matcher.group())) {
                    missing.add(matcher.group() + " in " + Checkout.root().relativize(file));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String name) {
        String[] parts = name.split("\\.");
        StringBuilder path = new StringBuilder(parts[0]);
        boolean inClass = false;
        for (int i = 1; i < parts.length; i++) {
            path.append(inClass ? '$' : '/').append(parts[i]);
            inClass |= Character.isUpperCase(parts[i].charAt(0));
        }
        return Checkout.ROOMS.stream()
                .anyMatch(room ->
                        Checkout.classes(room).resolve(path + ".class").toFile().isFile());
    }

    @Test
    void everyModuleIsARoomThatTheRulesLookInto() {
        List<String> modules = Pattern.compile("<module>([a-z/-]+)</module>")
                .matcher(Checkout.text(Checkout.root().resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(module -> !Set.of("extensions/stock-james", "integration-tests", "benchmarks/authentication")
                        .contains(module))
                .toList();
        assertThat(Checkout.ROOMS).containsExactlyElementsOf(modules);
    }

    @Test
    void decisionsHaveUniqueNumbers() {
        List<String> names = Checkout.files(Checkout.root().resolve("docs/decisions"), file -> true).stream()
                .map(file -> file.getFileName().toString())
                .toList();
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(name).matches(DECISION));
        Map<String, List<String>> byNumber =
                names.stream().collect(Collectors.groupingBy(name -> name.substring(0, 4)));
        assertThat(byNumber.values()).filteredOn(same -> same.size() > 1).isEmpty();
    }
}
