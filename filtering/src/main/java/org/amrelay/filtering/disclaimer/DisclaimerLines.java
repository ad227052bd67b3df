// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.util.StringJoiner;
import org.amrelay.mail.mime.MediaType;

/** Writes the lines of a disclaimer for a plain text, flowed or not (RFC 3676). Stateless. */
final class DisclaimerLines {
    private static final int FLOWED = 72;
    private static final int FIXED = 240;

    private DisclaimerLines() {}

    /** CRLF between the lines and none at the end. */
    static String of(String text, MediaType type) {
        boolean flowed = isYes(type, "format", "flowed");
        String soft = !flowed ? "" : isYes(type, "delsp", "yes") ? "  " : " ";
        StringJoiner out = new StringJoiner("\r\n");
        text.lines().forEach(line -> wrap(line.stripTrailing(), flowed, soft, out));
        return out.toString();
    }

    private static boolean isYes(MediaType type, String name, String value) {
        return type.parameters().value(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** A long line goes on behind a blank; where text has none, as in Japanese, anywhere. */
    private static void wrap(String line, boolean flowed, String soft, StringJoiner out) {
        int width = flowed ? FLOWED : FIXED;
        String rest = line;
        while (rest.codePointCount(0, rest.length()) > width) {
            int end = rest.offsetByCodePoints(0, width);
            int blank = rest.lastIndexOf(' ', end);
            String piece = rest.substring(0, blank > 0 ? blank : end);
            rest = rest.substring(blank > 0 ? blank + 1 : end);
            // Without a blank the soft break would add one, unless readers are told to take it out (RFC 3676 §4.2)
            String sign = blank > 0 || soft.isEmpty() ? soft : soft.substring(1);
            out.add(stuffed(piece, flowed) + sign);
        }
        out.add(stuffed(rest, flowed));
    }

    /** RFC 3676 §4.4. */
    private static String stuffed(String line, boolean flowed) {
        boolean stuffs = line.startsWith(" ") || line.startsWith(">") || line.startsWith("From ");
        return flowed && stuffs ? " " + line : line;
    }
}
