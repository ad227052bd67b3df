// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.amrelay.mail.text.DecodedText;
import org.amrelay.mail.text.TextDecoder;

/**
 * Decodes the encoded words of a header field (RFC 2047, with the language of RFC 2231 §5).
 *
 * <p>As mail programs do, it also takes words inside of quotes and without space around them, words with blanks, and
 * characters that are split over two words. Takes time in proportion to the text. For one text.
 */
public final class HeaderDecoder {
    private static final int LONGEST_CHARSET = 80;

    private final String text;
    private final StringBuilder out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private String charset = "";
    private int words;
    private boolean intact = true;
    private boolean declared = true;
    /** From here on there is no end of a word; known once the search has failed. */
    private int noEndFrom = Integer.MAX_VALUE;

    private HeaderDecoder(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    /**
     * The text of a field's body.
     *
     * @param body as it came, with its folding, one character per octet
     */
    public static HeaderText decode(String body) {
        String line = Folded.unfold(body);
        if (!line.contains("=?") && Folded.isAscii(line)) {
            return new HeaderText(line, 0, true, true);
        }
        return new HeaderDecoder(line).decoded();
    }

    private HeaderText decoded() {
        int plainFrom = 0;
        int at = text.indexOf("=?");
        while (at >= 0) {
            int end = word(at, plainFrom);
            if (end < 0) {
                at = text.indexOf("=?", at + 2);
            } else {
                plainFrom = end;
                at = text.indexOf("=?", end);
            }
        }
        flush();
        plain(text.substring(plainFrom));
        return new HeaderText(out.toString(), words, intact, declared);
    }

    /** Reads the word that starts here; the place behind it, or -1 when there is none. */
    private int word(int start, int plainFrom) {
        int charsetEnd = text.indexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd - start > LONGEST_CHARSET || charsetEnd + 2 >= text.length()) {
            return -1;
        }
        char encoding = Character.toLowerCase(text.charAt(charsetEnd + 1));
        if (text.charAt(charsetEnd + 2) != '?' || (encoding != 'q' && encoding != 'b')) {
            return -1;
        }
        int from = charsetEnd + 3;
        int end = from >= noEndFrom ? -1 : text.indexOf("?=", from);
        if (end < 0) {
            noEndFrom = Math.min(noEndFrom, from);
            intact = false;
            return -1;
        }
        String between = text.substring(plainFrom, start);
        // White space between two words is not part of the text (RFC 2047 §6.2)
        if (words == 0 || !between.isBlank()) {
            flush();
            plain(between);
        }
        String named = text.substring(start + 2, charsetEnd);
        int language = named.indexOf('*');
        word(language < 0 ? named : named.substring(0, language), encoding, text.substring(from, end));
        return end + 2;
    }

    private void word(String named, char encoding, String encoded) {
        words++;
        if (!named.equalsIgnoreCase(charset)) {
            flush();
            charset = named;
        }
        byte[] octets = encoded.getBytes(StandardCharsets.ISO_8859_1);
        if (encoding == 'b') {
            Base64Decoding decoding = new Base64Decoding();
            pending.writeBytes(decoding.all(octets));
            intact &= !decoding.isDamaged();
        } else {
            quoted(octets);
        }
    }

    private void quoted(byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '_') {
                pending.write(' ');
            } else if (octets[i] == '=' && i + 2 < octets.length && Hex.isPair(octets[i + 1], octets[i + 2])) {
                pending.write(Hex.pair(octets[i + 1], octets[i + 2]));
                i += 2;
            } else {
                intact &= octets[i] != '=';
                pending.write(octets[i]);
            }
        }
    }

    private void flush() {
        if (pending.size() > 0) {
            DecodedText read = TextDecoder.decode(pending.toByteArray(), charset);
            intact &= !read.damaged() && !read.repaired();
            out.append(read.text());
            pending.reset();
        }
    }

    private void plain(String octets) {
        if (Folded.isAscii(octets)) {
            out.append(octets);
            return;
        }
        DecodedText read = Folded.readable(octets);
        declared &= read.charset().equals("utf-8") || read.charset().equals("us-ascii");
        out.append(read.text());
    }
}
