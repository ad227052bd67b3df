// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.function.Consumer;

/**
 * Walks over a text and tells of each piece that could be a number: one to nine groups of letters and digits with single signs
 * between them, with at least one digit. Linear: at most nine pieces begin at a group.
 */
final class Candidates {
    private static final int GROUPS = 9;
    private static final int LONGEST_GROUP = 34;
    private static final int LONGEST = 34;
    private static final int FIRST_LETTERS = 4;

    private final String text;
    private final Consumer<Candidate> taker;
    private final StringBuilder compact = new StringBuilder(LONGEST);
    private final StringBuilder shape = new StringBuilder(24);

    private Candidates(String text, Consumer<Candidate> taker) {
        this.text = text;
        this.taker = taker;
    }

    static void in(String text, Consumer<Candidate> taker) {
        new Candidates(text, taker).walk();
    }

    private void walk() {
        int length = text.length();
        int at = 0;
        while (at < length) {
            if (!isSign(text.charAt(at))) {
                at++;
                continue;
            }
            int end = endOfGroup(at);
            // What does not begin as a number and has no digit soon begins none
            if (hasDigit(at, end) || end - at <= FIRST_LETTERS && end + 1 < length && isSign(text.charAt(end + 1))) {
                from(at, end);
            } else if (isBankCode(at, end)) {
                taker.accept(new Candidate(at, end, text.substring(at, end), Integer.toString(end - at), false));
            }
            at = end;
        }
    }

    /** Eight or eleven capitals, the only number of letters alone (ISO 9362). */
    private boolean isBankCode(int from, int to) {
        return (to - from == 8 || to - from == 11)
                && text.substring(from, to).chars().allMatch(c -> c <= 'Z');
    }

    private void from(int begin, int firstEnd) {
        compact.setLength(0);
        shape.setLength(0);
        boolean small = false;
        boolean digit = false;
        int from = begin;
        int end = firstEnd;
        for (int group = 0; group < GROUPS && end - from <= LONGEST_GROUP; group++) {
            for (int i = from; i < end; i++) {
                char c = text.charAt(i);
                boolean isSmall = c >= 'a' && c <= 'z';
                small |= isSmall;
                digit |= c <= '9';
                compact.append(isSmall ? (char) (c - 32) : c);
            }
            shape.append(end - from);
            if (compact.length() > LONGEST) {
                return;
            }
            if (digit && compact.length() >= 6 && !goesOn(end)) {
                taker.accept(new Candidate(begin, end, compact.toString(), shape.toString(), small));
            }
            if (end + 1 >= text.length() || !isSeparator(text.charAt(end)) || !isSign(text.charAt(end + 1))) {
                return;
            }
            char separator = text.charAt(end);
            shape.append(isBlank(separator) ? ' ' : isDash(separator) ? '-' : separator);
            from = end + 1;
            end = endOfGroup(from);
        }
    }

    /** Whether a sign that is no blank ties the piece to more of the same. */
    private boolean goesOn(int end) {
        return end + 1 < text.length() && ties(text.charAt(end)) && isSign(text.charAt(end + 1));
    }

    /** Whether a piece that begins there is the end of something longer. */
    static boolean isTiedTo(String text, int begin) {
        return begin > 1 && ties(text.charAt(begin - 1)) && isSign(text.charAt(begin - 2));
    }

    private static boolean ties(char c) {
        return c == '-' || c == '.' || c == '/' || c == '_' || c == '@' || c == '+' || isDash(c);
    }

    private int endOfGroup(int from) {
        int end = from;
        while (end < text.length() && isSign(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean hasDigit(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    static boolean isSign(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isSeparator(char c) {
        return isBlank(c) || isDash(c) || c == '.' || c == '/' || c == '+' || c == '(';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\u2009' || c == '\u2007';
    }

    private static boolean isDash(char c) {
        return c == '-' || c >= '\u2010' && c <= '\u2013' || c == '\u2212';
    }
}
