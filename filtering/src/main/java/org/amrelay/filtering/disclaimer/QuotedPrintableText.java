// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.nio.charset.StandardCharsets;

/** Writes text as quoted-printable (RFC 2045 §6.7); CRLF is a line end, other control octets are encoded. Stateless. */
final class QuotedPrintableText {
    private static final int LINE = 75;

    private QuotedPrintableText() {}

    static byte[] of(byte[] text) {
        StringBuilder out = new StringBuilder(text.length + text.length / 8 + 16);
        int line = 0;
        for (int i = 0; i < text.length; i++) {
            if (isLineEnd(text, i)) {
                out.append("\r\n");
                line = 0;
                i++;
                continue;
            }
            String sign = sign(text, i);
            if (line + sign.length() > LINE) {
                out.append("=\r\n");
                line = 0;
            }
            out.append(sign);
            line += sign.length();
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isLineEnd(byte[] text, int at) {
        return text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n';
    }

    private static String sign(byte[] text, int at) {
        int octet = text[at] & 0xff;
        boolean blank = octet == ' ' || octet == '\t';
        boolean lastBlank = blank && (at + 1 == text.length || isLineEnd(text, at + 1));
        boolean plain = octet > ' ' && octet < 0x7f && octet != '=';
        // "From " at the start of a line is what some mailbox files change (RFC 2049 §3)
        boolean from = octet == 'F' && (at == 0 || text[at - 1] == '\n');
        return (plain && !from) || (blank && !lastBlank) ? String.valueOf((char) octet) : String.format("=%02X", octet);
    }
}
