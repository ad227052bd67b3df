// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.amrelay.mail.message.MessageView;

/**
 * One disclaimer in both forms. Immutable.
 *
 * @param text lines without an end at the last one
 * @param html a fragment in ASCII with CRLF, other characters as references, so that it fits every charset
 * @param marks folded texts by which it is found again
 */
public record Disclaimer(String text, String html, Set<String> marks) {
    private static final int SHORTEST = 12;
    private static final int LONG_LINE = 900;
    private static final int LONGEST_LINE = 990;

    public Disclaimer {
        marks = Set.copyOf(marks);
    }

    /**
     * Makes the form that is missing from the other one.
     *
     * @throws IllegalArgumentException with a sentence, when it could not be found again or has a line that cannot be sent
     */
    public static Disclaimer of(Optional<String> text, Optional<String> html) {
        String fragment = html.map(Disclaimer::lines).orElseGet(() -> escaped(lines(text.orElse(""))));
        String visible = visible(fragment);
        String plain = text.map(Disclaimer::lines).orElseGet(() -> lines(visible));
        Set<String> marks = new TreeSet<>();
        marks.add(FoldedText.of(plain));
        marks.add(FoldedText.of(visible));
        if (marks.stream().anyMatch(mark -> mark.length() < SHORTEST)) {
            throw new IllegalArgumentException(
                    "has less than " + SHORTEST + " letters and digits to be found again by in a reply");
        }
        return new Disclaimer(plain, ascii(fragment), marks);
    }

    private static String lines(String template) {
        return String.join("\n", template.lines().map(String::stripTrailing).toList())
                .stripTrailing();
    }

    private static String visible(String html) {
        String message = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + html;
        return MessageView.of(message.getBytes(StandardCharsets.UTF_8)).text();
    }

    private static String escaped(String text) {
        return "<p>"
                + text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\n", "<br>\n")
                + "</p>";
    }

    private static String ascii(String html) {
        StringBuilder out = new StringBuilder(html.length() + 16);
        int line = 0;
        for (int i = 0; i < html.length(); i += Character.charCount(html.codePointAt(i))) {
            int c = html.codePointAt(i);
            if (c == '\n' || c == ' ' && out.length() - line > LONG_LINE) {
                out.append("\r\n");
                line = out.length();
            } else if (c < 0x7f) {
                out.append((char) c);
            } else {
                out.append("&#").append(c).append(';');
            }
            if (out.length() - line > LONGEST_LINE) {
                throw new IllegalArgumentException(
                        "has a line of HTML that is longer than mail may have (RFC 5322 §2.1.1)");
            }
        }
        return out.toString();
    }
}
