// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The text of XML without its tags. Knows no document types and no entities but the five of XML and numbers, so that nothing
 * can grow. Stateless.
 */
public final class MarkupText {
    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

    private MarkupText() {}

    /** XML as characters, by its byte order mark or as UTF-8. */
    public static String decode(byte[] xml) {
        boolean large = xml.length > 1 && (xml[0] & 0xff) == 0xfe && (xml[1] & 0xff) == 0xff;
        boolean little = xml.length > 1 && (xml[0] & 0xff) == 0xff && (xml[1] & 0xff) == 0xfe;
        Charset other = large ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return new String(xml, large || little ? other : StandardCharsets.UTF_8);
    }

    /** The text between the tags; a space or a line where a tag ends a paragraph, a cell or is a tab. */
    public static String of(String xml, int most) {
        StringBuilder text = new StringBuilder(Math.min(most, 8192));
        int at = 0;
        while (at < xml.length() && text.length() < most) {
            char c = xml.charAt(at);
            if (c == '<') {
                int end = xml.indexOf('>', at);
                if (end < 0) {
                    break;
                }
                gap(xml, at, text);
                at = end + 1;
            } else if (c == '&') {
                at = entity(xml, at, text);
            } else {
                text.append(c);
                at++;
            }
        }
        text.setLength(Math.min(text.length(), most));
        return text.toString().strip();
    }

    private static void gap(String xml, int at, StringBuilder text) {
        boolean closing = xml.startsWith("</", at);
        int name = at + (closing ? 2 : 1);
        int colon = name;
        while (colon < xml.length() && colon < name + 12 && Character.isLetterOrDigit(xml.charAt(colon))) {
            colon++;
        }
        int local = colon < xml.length() && xml.charAt(colon) == ':' ? colon + 1 : name;
        boolean line =
                closing && (xml.startsWith("p>", local) || xml.startsWith("h>", local) || xml.startsWith("si>", local));
        boolean space = xml.startsWith("tab", local) || xml.startsWith("br", local) || xml.startsWith("s/", local);
        if (line || space) {
            text.append(line ? '\n' : ' ');
        }
    }

    private static int entity(String xml, int at, StringBuilder text) {
        int end = xml.indexOf(';', at);
        if (end < 0 || end - at > 10) {
            text.append('&');
            return at + 1;
        }
        String name = xml.substring(at + 1, end);
        if (name.startsWith("#")) {
            boolean hex = name.startsWith("#x");
            int point = number(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            if (Character.isValidCodePoint(point)) {
                text.appendCodePoint(point);
            }
        } else {
            text.append(ENTITIES.getOrDefault(name, ""));
        }
        return end + 1;
    }

    private static int number(String digits, int base) {
        int value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length() && value >= 0; i++) {
            int digit = Character.digit(digits.charAt(i), base);
            value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value * base + digit;
        }
        return value;
    }
}
