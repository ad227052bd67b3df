// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of an HTML page, in lines; for finding things in it, not for showing it. */
final class HtmlText {
    private static final Set<String> BREAKS = Set.of(
            "br", "p", "div", "tr", "li", "td", "th", "h1", "h2", "h3", "h4", "hr", "table", "pre", "blockquote");
    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ", "copy", "(c)", "zwnj", "");
    /** The named letters of Latin-1, from U+00C0 on (HTML 4 §24.2). */
    private static final List<String> LETTERS =
            List.of(("Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute"
                            + " Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
                            + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave"
                            + " eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide"
                            + " oslash ugrave uacute ucirc uuml yacute thorn yuml")
                    .split(" ", -1));

    private static final int FIRST_LETTER = 0xc0;
    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final StringBuilder out = new StringBuilder();

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        return new HtmlText(html).words();
    }

    private String words() {
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                at = tag(at);
            } else if (c == '&') {
                at = entity(at);
            } else {
                out.append(c == '\n' ? ' ' : c);
                at++;
            }
        }
        return out.toString();
    }

    /** Takes a tag, and gives back where the text goes on. */
    private int tag(int start) {
        if (html.startsWith("<!--", start)) {
            int end = html.indexOf("-->", start + 4);
            return end < 0 ? html.length() : end + 3;
        }
        int end = html.indexOf('>', start);
        if (end < 0) {
            out.append(html.substring(start));
            return html.length();
        }
        String inside = html.substring(start + 1, end);
        if (inside.indexOf('@') > 0 && inside.indexOf('=') < 0 && inside.indexOf(' ') < 0) {
            // An address that nobody escaped
            out.append('<').append(inside).append('>');
            return end + 1;
        }
        String name = name(inside);
        if (BREAKS.contains(name)) {
            out.append('\n');
        }
        if (name.equals("style") || name.equals("script") || name.equals("title")) {
            return behind(inside.startsWith("/") ? "" : "</" + name, end + 1);
        }
        return end + 1;
    }

    private int behind(String closing, int from) {
        if (closing.isEmpty()) {
            return from;
        }
        for (int i = html.indexOf('<', from); i >= 0; i = html.indexOf('<', i + 1)) {
            if (html.regionMatches(true, i, closing, 0, closing.length())) {
                int end = html.indexOf('>', i);
                return end < 0 ? html.length() : end + 1;
            }
        }
        return html.length();
    }

    private static String name(String inside) {
        int from = inside.startsWith("/") ? 1 : 0;
        int to = from;
        while (to < inside.length() && to - from < 12 && Character.isLetterOrDigit(inside.charAt(to))) {
            to++;
        }
        return inside.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private int entity(int start) {
        int end = start + 1;
        int limit = Math.min(html.length(), start + LONGEST_ENTITY);
        while (end < limit && html.charAt(end) != ';') {
            end++;
        }
        if (end == limit) {
            out.append('&');
            return start + 1;
        }
        String name = html.substring(start + 1, end);
        out.append(name.startsWith("#") ? numbered(name) : named(name));
        return end + 1;
    }

    private static String named(String name) {
        int letter = LETTERS.indexOf(name);
        return letter < 0
                ? ENTITIES.getOrDefault(name, name.endsWith("squo") ? "'" : " ")
                : Character.toString(FIRST_LETTER + letter);
    }

    private static String numbered(String name) {
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        int radix = hex ? 16 : 10;
        int value = 0;
        for (int i = hex ? 2 : 1; i < name.length(); i++) {
            int digit = Character.digit(name.charAt(i), radix);
            if (digit < 0 || value > Character.MAX_CODE_POINT / 16) {
                return " ";
            }
            value = value * radix + digit;
        }
        return value < ' ' || !Character.isValidCodePoint(value) ? " " : Character.toString(value);
    }
}
