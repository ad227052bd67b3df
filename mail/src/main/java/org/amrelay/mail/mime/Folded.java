// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.nio.charset.StandardCharsets;
import org.amrelay.mail.text.DecodedText;
import org.amrelay.mail.text.TextDecoder;

/** The body of a header field, one character per octet, made one line and readable. Stateless. */
final class Folded {
    private Folded() {}

    /** Without its line ends (RFC 5322 §2.2.3), white space around it, and NULs. */
    static String unfold(String body) {
        boolean plain = true;
        for (int i = 0; i < body.length() && plain; i++) {
            char c = body.charAt(i);
            plain = c != '\r' && c != '\n' && c != 0;
        }
        if (plain) {
            return body.strip();
        }
        StringBuilder text = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\r' && c != '\n' && c != 0) {
                text.append(c);
            }
        }
        return text.toString().strip();
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** Octets without declaration: UTF-8 (RFC 6532 §3.1), else a guess. Text that is no octets stays as it is. */
    static DecodedText readable(String octets) {
        for (int i = 0; i < octets.length(); i++) {
            if (octets.charAt(i) > 0xff) {
                return DecodedText.plain(octets);
            }
        }
        return TextDecoder.decode(octets.getBytes(StandardCharsets.ISO_8859_1), "");
    }
}
