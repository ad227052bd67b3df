// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Characters written as percent signs and digits (RFC 3986 §2.1). Stateless. */
final class Percent {
    private Percent() {}

    /** All of them decoded, as UTF-8; those that are broken stay. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            int value = octets[i] == '%' && i + 2 < octets.length ? value(octets[i + 1], octets[i + 2]) : -1;
            out.write(value < 0 ? octets[i] : value);
            i += value < 0 ? 0 : 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Decodes letters, digits and the other unreserved characters, and writes the digits of the rest large (RFC 3986 §6.2.2). */
    static String normal(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '%' && i + 2 < text.length() ? value(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (value < 0) {
                out.append(c);
                continue;
            }
            if (isUnreserved(value)) {
                out.append((char) value);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(text.charAt(i + 1)))
                        .append(Character.toUpperCase(text.charAt(i + 2)));
            }
            i += 2;
        }
        return out.toString();
    }

    private static boolean isUnreserved(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~');
    }

    private static int value(int high, int low) {
        int first = high < 0x80 ? Character.digit(high, 16) : -1;
        int second = low < 0x80 ? Character.digit(low, 16) : -1;
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }
}
