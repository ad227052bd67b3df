// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** Content transfer encodings (RFC 2045 §6) and character sets; what is wrong in them is skipped. */
final class TransferDecoding {
    private TransferDecoding() {}

    /** @param octets one character per octet */
    static byte[] decode(String octets, String encoding) {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("base64")) {
            return base64(octets);
        }
        return name.startsWith("quoted-printable")
                ? quotedPrintable(octets, false)
                : octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] base64(String octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length() * 3 / 4 + 3);
        int bits = 0;
        int held = 0;
        for (int i = 0; i < octets.length(); i++) {
            int digit = digit(octets.charAt(i));
            if (digit < 0) {
                continue;
            }
            held = (held << 6 | digit) & 0xffffff;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out.write(held >> bits);
            }
        }
        return out.toByteArray();
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        } else if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        } else if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }

    /** @param inHeader an underscore is a space then (RFC 2047 §4.2) */
    static byte[] quotedPrintable(String octets, boolean inHeader) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length());
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c == '=' && i + 1 < octets.length() && octets.charAt(i + 1) == '\n') {
                i++;
            } else if (c == '=' && isHex(octets, i + 1) && isHex(octets, i + 2)) {
                out.write(Character.digit(octets.charAt(i + 1), 16) << 4 | Character.digit(octets.charAt(i + 2), 16));
                i += 2;
            } else {
                out.write(inHeader && c == '_' ? ' ' : c);
            }
        }
        return out.toByteArray();
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
    }

    /** Octets as text: in the named set, else UTF-8 where that fits, else a set that fits everything. */
    static String text(byte[] octets, Optional<String> charset) {
        Optional<Charset> named = charset.flatMap(TransferDecoding::charset);
        if (named.isPresent() && !named.get().equals(StandardCharsets.US_ASCII)) {
            return new String(octets, named.get());
        }
        if (hasJapaneseEscape(octets)) {
            return charset("iso-2022-jp").map(set -> new String(octets, set)).orElse("");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    /** ISO-2022-JP announces itself (RFC 1468). */
    private static boolean hasJapaneseEscape(byte[] octets) {
        for (int i = 0; i + 2 < octets.length; i++) {
            if (octets[i] == 0x1b && octets[i + 1] == '$' && (octets[i + 2] == 'B' || octets[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    static Optional<Charset> charset(String name) {
        try {
            String clean = name.strip();
            return clean.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Charset.forName(clean)).filter(Charset::canEncode);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }
}
