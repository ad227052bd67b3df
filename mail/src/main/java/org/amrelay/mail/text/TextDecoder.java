// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes text of bytes whose charset is declared, wrongly declared, or not declared at all.
 *
 * <p>A byte order mark wins, then the declared charset if the bytes fit it, then UTF-8 if they fit that, and last a guess
 * between the charsets that mail without declaration is written in. Stateless.
 */
public final class TextDecoder {

    private TextDecoder() {}

    /** All bytes as text. */
    public static DecodedText decode(byte[] bytes, String declared) {
        return decode(bytes, bytes.length, declared);
    }

    /**
     * The first bytes as text.
     *
     * @param declared name of the charset as the sender wrote it; empty when he wrote none
     */
    public static DecodedText decode(byte[] bytes, int length, String declared) {
        boolean utf7 = Charsets.isUtf7(declared);
        Optional<Charset> charset = utf7 ? Optional.empty() : Charsets.named(declared);
        if (!utf7
                && isAscii(bytes, length)
                && charset.map(TextDecoder::extendsAscii).orElse(true)) {
            return new DecodedText(
                    new String(bytes, 0, length, StandardCharsets.ISO_8859_1),
                    charset.map(TextDecoder::name).orElse("us-ascii"),
                    isUnknown(declared, charset),
                    false);
        }
        Optional<DecodedText> marked = byMark(bytes, length, charset);
        if (marked.isPresent()) {
            return marked.get();
        }
        if (utf7) {
            return Utf7.decode(bytes, length);
        }
        return charset.isPresent()
                ? asDeclared(bytes, length, charset.get())
                : guessed(bytes, length, !Charsets.clean(declared).isEmpty());
    }

    /** Whether the bytes are UTF-8 without a flaw (RFC 3629). */
    public static boolean isUtf8(byte[] bytes, int length) {
        return strictly(bytes, 0, length, StandardCharsets.UTF_8).isPresent();
    }

    private static boolean isUnknown(String declared, Optional<Charset> charset) {
        return charset.isEmpty() && !Charsets.clean(declared).isEmpty();
    }

    private static Optional<DecodedText> byMark(byte[] b, int length, Optional<Charset> declared) {
        if (length >= 3 && b[0] == (byte) 0xef && b[1] == (byte) 0xbb && b[2] == (byte) 0xbf) {
            return Optional.of(leniently(b, 3, length, StandardCharsets.UTF_8, differs(declared, "utf-8")));
        }
        if (length >= 4 && b[0] == (byte) 0xff && b[1] == (byte) 0xfe && b[2] == 0 && b[3] == 0) {
            return Optional.of(leniently(b, 4, length, Charset.forName("UTF-32LE"), differs(declared, "utf-32")));
        }
        if (length >= 4 && b[0] == 0 && b[1] == 0 && b[2] == (byte) 0xfe && b[3] == (byte) 0xff) {
            return Optional.of(leniently(b, 4, length, Charset.forName("UTF-32BE"), differs(declared, "utf-32")));
        }
        if (length >= 2 && b[0] == (byte) 0xff && b[1] == (byte) 0xfe) {
            return Optional.of(leniently(b, 2, length, StandardCharsets.UTF_16LE, differs(declared, "utf-16")));
        }
        if (length >= 2 && b[0] == (byte) 0xfe && b[1] == (byte) 0xff) {
            return Optional.of(leniently(b, 2, length, StandardCharsets.UTF_16BE, differs(declared, "utf-16")));
        }
        return Optional.empty();
    }

    private static boolean differs(Optional<Charset> declared, String start) {
        return declared.isPresent() && !name(declared.get()).startsWith(start);
    }

    private static DecodedText asDeclared(byte[] bytes, int length, Charset charset) {
        if (name(charset).equals("utf-16")) {
            return ofSixteenBits(bytes, length);
        }
        Optional<String> strict = strictly(bytes, 0, length, charset);
        boolean couldBeUtf8 = !charset.equals(StandardCharsets.UTF_8) && extendsAscii(charset) && isUtf8(bytes, length);
        if (strict.isPresent() && !(couldBeUtf8 && isSingleByte(charset))) {
            return new DecodedText(strict.get(), name(charset), false, false);
        }
        if (couldBeUtf8) {
            return leniently(bytes, 0, length, StandardCharsets.UTF_8, true);
        }
        boolean nothingFits = charset.equals(StandardCharsets.US_ASCII)
                || charset.equals(StandardCharsets.UTF_8) && fitsNowhere(bytes, length);
        return nothingFits ? guessed(bytes, length, true) : leniently(bytes, 0, length, charset, false);
    }

    /** UTF-16 without a mark is big-endian (RFC 2781 §4.3), unless the zero bytes of Latin text say otherwise. */
    private static DecodedText ofSixteenBits(byte[] bytes, int length) {
        Optional<Charset> seen = CharsetGuess.sixteenBits(bytes, length);
        if (seen.isEmpty() && isAscii(bytes, length)) {
            return guessed(bytes, length, true);
        }
        return leniently(bytes, 0, length, seen.orElse(StandardCharsets.UTF_16BE), false);
    }

    private static DecodedText guessed(byte[] bytes, int length, boolean repaired) {
        Charset charset = CharsetGuess.of(bytes, length);
        return leniently(bytes, 0, length, charset, repaired);
    }

    /** Whether no two bytes of a text that is said to be UTF-8 are a character of it. */
    private static boolean fitsNowhere(byte[] bytes, int length) {
        for (int i = 0; i + 1 < length; i++) {
            if ((bytes[i] & 0xff) >= 0xc2 && (bytes[i] & 0xff) < 0xf5 && (bytes[i + 1] & 0xc0) == 0x80) {
                return false;
            }
        }
        return true;
    }

    static DecodedText leniently(byte[] bytes, int from, int to, Charset charset, boolean repaired) {
        Optional<String> strict = strictly(bytes, from, to, charset);
        return new DecodedText(
                strict.orElseGet(() -> new String(bytes, from, to - from, charset)),
                name(charset),
                repaired,
                strict.isEmpty());
    }

    private static Optional<String> strictly(byte[] bytes, int from, int to, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString());
        } catch (CharacterCodingException unfit) {
            return Optional.empty();
        }
    }

    /** No byte beyond ASCII, no escape, with which some charsets leave ASCII, and no NUL, which is half of a wider character. */
    static boolean isAscii(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] <= 0 || bytes[i] == 0x1b) {
                return false;
            }
        }
        return true;
    }

    private static boolean extendsAscii(Charset charset) {
        String name = name(charset);
        return !name.startsWith("utf-16")
                && !name.startsWith("utf-32")
                && !name.startsWith("x-utf-")
                && !name.startsWith("cp")
                && !name.startsWith("ibm")
                && !name.startsWith("x-ibm");
    }

    private static boolean isSingleByte(Charset charset) {
        String name = name(charset);
        return name.startsWith("windows-125") || name.startsWith("iso-8859") || name.startsWith("koi8");
    }

    private static String name(Charset charset) {
        return charset.name().toLowerCase(Locale.ROOT);
    }
}
