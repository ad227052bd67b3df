// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a field into its value and its parameters, however they are written: without quotes around blanks, with quotes that
 * do not close, with semicolons missing or doubled, with comments. Takes time in proportion to the text. For one text.
 */
final class ParameterParser {
    private static final int MOST = 200;
    private static final int LONGEST_VALUE = 4096;

    private final String text;
    private final List<ParameterPiece> pieces = new ArrayList<>();
    private int at;
    private boolean intact = true;

    private ParameterParser(String text) {
        this.text = text;
    }

    /** @param value what stands before the first parameter */
    record Split(String value, Parameters parameters) {}

    /** Reads a field's body as it came, one character per octet. */
    static Split parse(String body) {
        ParameterParser parser = new ParameterParser(Folded.unfold(body));
        String value = parser.untilSemicolon();
        parser.parameters();
        return new Split(value, ParameterAssembly.of(parser.pieces, parser.intact));
    }

    private String untilSemicolon() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ';') {
            char c = text.charAt(at);
            if (c == '(') {
                skipComment();
            } else if (isBlank(c) && nextIsParameter()) {
                // The semicolon is missing
                intact = false;
                break;
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString().strip();
    }

    /** Whether behind this blank stands a word with an equals sign. */
    private boolean nextIsParameter() {
        int i = at;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        int start = i;
        while (i < text.length() && i - start < 40 && isName(text.charAt(i))) {
            i++;
        }
        return i > start && i < text.length() && text.charAt(i) == '=';
    }

    private void parameters() {
        while (at < text.length() && pieces.size() < MOST) {
            char c = text.charAt(at);
            if (c == ';' || isBlank(c)) {
                at++;
            } else if (c == '(') {
                skipComment();
            } else {
                parameter();
            }
        }
        intact &= at >= text.length();
    }

    private void parameter() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
            at++;
        }
        String name = text.substring(start, at).strip().toLowerCase(Locale.ROOT);
        if (at >= text.length() || text.charAt(at) == ';') {
            intact = false;
            return;
        }
        at++;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        String value = quoted ? quoted() : bare();
        if (name.isEmpty()) {
            intact = false;
        } else {
            pieces.add(ParameterPiece.of(name, cut(value)));
        }
    }

    private String cut(String value) {
        if (value.length() <= LONGEST_VALUE) {
            return value;
        }
        intact = false;
        return value.substring(0, LONGEST_VALUE);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        intact &= at < text.length();
        at++;
        return value.toString();
    }

    /** Up to the next semicolon, with the blanks that should have been quoted. */
    private String bare() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != '(') {
            if (isBlank(text.charAt(at)) && nextIsParameter()) {
                intact = false;
                break;
            }
            if (at - start > LONGEST_VALUE) {
                intact = false;
                at = nextSemicolon();
                return text.substring(start, start + LONGEST_VALUE);
            }
            at++;
        }
        return text.substring(start, at).strip();
    }

    private int nextSemicolon() {
        int semicolon = text.indexOf(';', at);
        return semicolon < 0 ? text.length() : semicolon;
    }

    private void skipComment() {
        int depth = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                at++;
                return;
            }
        }
        intact = false;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '*' || c == '_';
    }
}
