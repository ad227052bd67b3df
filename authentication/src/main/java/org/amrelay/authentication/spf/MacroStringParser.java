// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.authentication.spf.MacroString.Part;
import org.amrelay.authentication.syntax.SyntaxException;

/** Reads macro-string, domain-spec and explain-string (RFC 7208 §7.1, §12); one pass from left to right. */
final class MacroStringParser {
    private static final String LETTERS = "slodiphv";
    /** Only in explanations (RFC 7208 §7.2). */
    private static final String EXPLANATION_LETTERS = "crt";

    private static final String DELIMITERS = ".-+,/_=";
    /** More labels than a name can have; larger numbers mean the same. */
    private static final int MOST_PARTS = 128;

    private final String text;
    private final boolean explanation;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;
    /** Behind the last macro-expand, where a domain-spec must end with a label. */
    private int tail;

    private MacroStringParser(String text, boolean explanation) {
        this.text = text;
        this.explanation = explanation;
    }

    /** The value of a modifier that nobody knows. */
    static MacroString macroString(String text) throws SyntaxException {
        return new MacroStringParser(text, false).read();
    }

    static MacroString explanation(String text) throws SyntaxException {
        return new MacroStringParser(text, true).read();
    }

    /** Text that becomes a name: it ends with a macro or with a label that can be a top-level domain. */
    static MacroString domainSpec(String text) throws SyntaxException {
        MacroStringParser parser = new MacroStringParser(text, false);
        MacroString read = parser.read();
        boolean endsWithMacro = parser.tail == text.length() && !text.isEmpty();
        if (!endsWithMacro && !endsWithLabel(text.substring(parser.tail))) {
            throw new SyntaxException("not a domain: " + shown(text));
        }
        return read;
    }

    private static boolean endsWithLabel(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        int dot = name.lastIndexOf('.');
        String label = name.substring(dot + 1);
        return dot >= 0
                && !label.isEmpty()
                && label.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '-')
                && label.chars().anyMatch(c -> !isDigit(c))
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-';
    }

    private MacroString read() throws SyntaxException {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '%') {
                readExpand();
                tail = at;
            } else if (c > ' ' && c <= '~' || c == ' ' && explanation) {
                literal.append(c);
            } else {
                throw new SyntaxException("character " + (int) c + " in " + shown(text));
            }
        }
        endLiteral();
        return new MacroString(parts);
    }

    private void readExpand() throws SyntaxException {
        switch (next()) {
            case '%' -> literal.append('%');
            case '_' -> literal.append(' ');
            case '-' -> literal.append("%20");
            case '{' -> {
                endLiteral();
                readMacro();
            }
            default -> throw new SyntaxException("a single % in " + shown(text));
        }
    }

    private void readMacro() throws SyntaxException {
        char letter = next();
        char lower = Character.toLowerCase(letter);
        if (LETTERS.indexOf(lower) < 0 && !(explanation && EXPLANATION_LETTERS.indexOf(lower) >= 0)) {
            throw new SyntaxException("no such macro: " + shown(text));
        }
        char c = next();
        boolean numbered = isDigit(c);
        int keep = 0;
        for (; isDigit(c); c = next()) {
            keep = Math.min(keep * 10 + (c - '0'), MOST_PARTS);
        }
        if (numbered && keep == 0) {
            throw new SyntaxException("a macro that keeps nothing: " + shown(text));
        }
        boolean reversed = c == 'r' || c == 'R';
        if (reversed) {
            c = next();
        }
        StringBuilder delimiters = new StringBuilder();
        for (; c != '}'; c = next()) {
            if (DELIMITERS.indexOf(c) < 0) {
                throw new SyntaxException("not a delimiter of a macro: " + shown(text));
            }
            if (delimiters.indexOf(String.valueOf(c)) < 0) {
                delimiters.append(c);
            }
        }
        parts.add(new Part.Macro(lower, letter != lower, keep, reversed, delimiters.toString()));
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private char next() throws SyntaxException {
        if (at == text.length()) {
            throw new SyntaxException("ends in the middle of a macro: " + shown(text));
        }
        return text.charAt(at++);
    }

    /** Text of strangers for the log: short and printable. */
    static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 80)).replaceAll("[^ -~]", "?");
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
