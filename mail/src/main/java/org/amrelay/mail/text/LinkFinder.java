// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds what mail programs make links of in plain text: addresses with a scheme, names with {@code www.}, bare names.
 *
 * <p>Defanged ones ({@code hxxp://}, {@code example[.]com}) are no links and left out, as are the domains of mail addresses.
 * Takes time in proportion to the text. For one text.
 */
public final class LinkFinder {
    private static final int LONGEST = 8192;
    private static final int LONGEST_NAME = 253;
    private static final List<String> SCHEMES = List.of("http", "https", "ftp");

    private final String text;
    private final int most;
    private final List<TextLink> found = new ArrayList<>();
    private int at;

    private LinkFinder(String text, int most) {
        this.text = text;
        this.most = most;
    }

    /** The first links of a text, in their order. */
    public static List<TextLink> in(String text, int most) {
        return new LinkFinder(text, most).find();
    }

    private List<TextLink> find() {
        int length = text.length();
        while (at < length && found.size() < most) {
            char c = text.charAt(at);
            if (c == ':') {
                withScheme();
            } else if (c == '.') {
                bare();
            } else {
                at++;
            }
        }
        return List.copyOf(found);
    }

    /** At a colon: {@code http://} before and behind it. */
    private void withScheme() {
        int colon = at++;
        if (!text.startsWith("//", colon + 1) && !text.startsWith("\\\\", colon + 1)) {
            return;
        }
        int start = colon;
        while (start > 0 && colon - start < 6 && isAsciiLetter(text.charAt(start - 1))) {
            start--;
        }
        String before = text.substring(start, colon).toLowerCase(Locale.ROOT);
        for (String scheme : SCHEMES) {
            // "seehttp://" is a link, "hxxp://" is none
            if (before.endsWith(scheme) && (scheme.equals("https") || !before.endsWith("https"))) {
                int from = colon - scheme.length();
                int end = end(from, colon + 3);
                add(from, end, true);
                at = Math.max(end, colon + 1);
                return;
            }
        }
        // The host of another scheme is no bare name
        at = end(colon, colon + 3);
    }

    /** At a dot: the name around it, when it is one. */
    private void bare() {
        int dot = at++;
        int start = dot;
        while (start > 0 && dot - start <= LONGEST_NAME && isNameCharacter(text.charAt(start - 1))) {
            start--;
        }
        int end = dot + 1;
        while (end < text.length()
                && end - start <= LONGEST_NAME
                && (isNameCharacter(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        at = Math.max(at, end);
        if (start == dot || end - start > LONGEST_NAME || isInside(start)) {
            return;
        }
        int nameEnd = end;
        while (nameEnd > dot && (text.charAt(nameEnd - 1) == '.' || text.charAt(nameEnd - 1) == '-')) {
            nameEnd--;
        }
        if (nameEnd < end && nameEnd <= dot || nameEnd < text.length() && text.charAt(nameEnd) == '@') {
            return;
        }
        String name = text.substring(start, nameEnd).toLowerCase(Locale.ROOT);
        if (isLinkName(name)) {
            boolean goesOn = nameEnd == end && end < text.length() && "/?#:".indexOf(text.charAt(end)) >= 0;
            int stop = goesOn ? end(start, end) : nameEnd;
            add(start, stop, false);
            at = Math.max(at, stop);
        }
    }

    /** Part of a mail address, of a path, or behind a name that was found already. */
    private boolean isInside(int start) {
        if (start == 0) {
            return false;
        }
        char before = text.charAt(start - 1);
        return before == '@'
                || before == '/'
                || before == '\\'
                || before == '='
                || before == '.'
                || before == ']'
                || before == '_';
    }

    private static boolean isLinkName(String name) {
        int last = name.lastIndexOf('.');
        if (last <= 0 || name.contains("..") || name.startsWith("-")) {
            return false;
        }
        String top = name.substring(last + 1);
        boolean letters =
                !top.isEmpty() && (top.startsWith("xn--") || top.chars().allMatch(Character::isLetter));
        return letters && (name.startsWith("www.") && name.length() > 6 || TopLevelDomains.isKnown(top));
    }

    /** Where the link ends: at a blank or quote, without the punctuation that ends the sentence. */
    private int end(int start, int from) {
        int end = from;
        int open = 0;
        while (end < text.length() && end - start < LONGEST && isLinkCharacter(text.charAt(end))) {
            char c = text.charAt(end);
            open += c == '(' ? 1 : 0;
            if (c == ')' && --open < 0) {
                break;
            }
            end++;
        }
        while (end > from && ".,;:!?'*_]".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isLinkCharacter(char c) {
        return c > ' '
                && c != '<'
                && c != '>'
                && c != '"'
                && c != '\u00a0'
                && c != '\u201c'
                && c != '\u201d'
                && c != '\u3000'
                && c != '`'
                && c != '|'
                && !Character.isWhitespace(c);
    }

    private static boolean isNameCharacter(char c) {
        return c == '-' || c == '_' || isAsciiLetter(c) || c >= '0' && c <= '9' || c > 0xa0 && isLetterBeyondAscii(c);
    }

    private static boolean isLetterBeyondAscii(char c) {
        return Character.isLetterOrDigit(c)
                || Invisibles.isInvisible(c)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private void add(int start, int end, boolean hasScheme) {
        // example[.]com
        if (text.startsWith("[.", end) || text.substring(start, end).contains("[.")) {
            return;
        }
        LinkAddress address = LinkAddress.parse(text.substring(start, end));
        if (address.hasHost() && (!hasScheme || address.host().length() > 1)) {
            found.add(new TextLink(address, start, hasScheme));
        }
    }
}
