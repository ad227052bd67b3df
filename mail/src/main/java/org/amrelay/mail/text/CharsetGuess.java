// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The charset that bytes without declaration are most likely in.
 *
 * <p>UTF-16 by the zero bytes of Latin text, ISO-2022-JP by its escapes, UTF-8 by being well formed, windows-1251 and KOI8-R
 * by words all of whose letters are beyond ASCII, of which most are small; all else is windows-1252. Stateless.
 */
final class CharsetGuess {
    private static final int LOOKED_AT = 16_384;

    private CharsetGuess() {}

    static Charset of(byte[] bytes, int length) {
        Optional<Charset> wide = sixteenBits(bytes, length);
        if (wide.isPresent()) {
            return wide.get();
        }
        if (hasJapaneseEscape(bytes, length)) {
            return Charset.forName("ISO-2022-JP");
        }
        return TextDecoder.isUtf8(bytes, length)
                ? StandardCharsets.UTF_8
                : eightBits(bytes, Math.min(length, LOOKED_AT));
    }

    /** Latin text in UTF-16 has a zero in nearly every second byte, and only there. */
    static Optional<Charset> sixteenBits(byte[] bytes, int length) {
        int looked = Math.min(length, LOOKED_AT) & ~1;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < looked; i += 2) {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }
        int half = looked / 4;
        if (looked >= 4 && odd > half && even * 8 < odd) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return looked >= 4 && even > half && odd * 8 < even ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private static boolean hasJapaneseEscape(byte[] bytes, int length) {
        for (int i = 0; i + 2 < Math.min(length, LOOKED_AT); i++) {
            if (bytes[i] == 0x1b && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    private static Charset eightBits(byte[] bytes, int length) {
        int pairs = 0;
        int high = 0;
        int lowerRange = 0;
        int upperRange = 0;
        for (int i = 0; i < length; i++) {
            int c = bytes[i] & 0xff;
            if (c < 0xc0) {
                continue;
            }
            high++;
            if (c >= 0xe0) {
                upperRange++;
            } else {
                lowerRange++;
            }
            if (i > 0 && (bytes[i - 1] & 0xff) >= 0xc0) {
                pairs++;
            }
        }
        // In Western text a letter beyond ASCII nearly always stands alone
        if (pairs * 2 < high || pairs < 3) {
            return Charsets.WINDOWS_1252;
        }
        return upperRange >= lowerRange ? Charsets.WINDOWS_1251 : Charsets.KOI8_R;
    }
}
