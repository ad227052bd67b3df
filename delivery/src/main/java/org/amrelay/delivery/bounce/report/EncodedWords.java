// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.report;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text of header fields as people read it (RFC 2047, RFC 6532). */
final class EncodedWords {
    private EncodedWords() {}

    /** @param octets one character per octet */
    static String decode(String octets) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean afterWord = false;
        while (at < octets.length()) {
            int start = octets.indexOf("=?", at);
            if (start < 0) {
                break;
            }
            int charsetEnd = octets.indexOf('?', start + 2);
            int textStart = charsetEnd < 0 ? -1 : octets.indexOf('?', charsetEnd + 1) + 1;
            int end = textStart <= 0 ? -1 : octets.indexOf("?=", textStart);
            if (end < 0 || textStart - charsetEnd != 3) {
                out.append(plain(octets.substring(at, start + 2)));
                at = start + 2;
                afterWord = false;
                continue;
            }
            String between = octets.substring(at, start);
            if (!afterWord || !between.isBlank()) {
                out.append(plain(between));
            }
            String word = octets.substring(textStart, end);
            char encoding = octets.charAt(charsetEnd + 1);
            byte[] bytes = encoding == 'B' || encoding == 'b'
                    ? TransferDecoding.base64(word)
                    : TransferDecoding.quotedPrintable(word, true);
            out.append(TransferDecoding.text(bytes, Optional.of(octets.substring(start + 2, charsetEnd))));
            at = end + 2;
            afterWord = true;
        }
        return out.append(plain(octets.substring(at))).toString();
    }

    private static String plain(String octets) {
        return TransferDecoding.text(octets.getBytes(StandardCharsets.ISO_8859_1), Optional.empty());
    }
}
