// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Javadoc of a class as Markdown; knows the few tags that the house uses. */
final class Javadoc {
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|link|literal)\\s+([^}]*)}");

    private Javadoc() {}

    static String of(Class<?> type) {
        Path file = Checkout.sources().stream()
                .filter(source -> source.endsWith(type.getName().replace('.', '/') + ".java"))
                .findFirst()
                .orElseThrow();
        String source = Checkout.text(file);
        int declaration = source.indexOf("class " + type.getSimpleName());
        int start = source.substring(0, declaration).lastIndexOf("/**");
        String comment = source.substring(start + 3, source.indexOf("*/", start));
        String text = comment.lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .takeWhile(line -> !line.startsWith("@"))
                .collect(Collectors.joining("\n"));
        return INLINE.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement("`" + found.group(1) + "`"))
                        .replace("<p>", "")
                        .replaceAll("</?em>", "*")
                        .replaceAll("\n{3,}", "\n\n")
                        .strip()
                + "\n";
    }
}
