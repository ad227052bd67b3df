// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads the objects in RTF, which stand there in hexadecimal digits behind {@code \objdata}. */
public final class RtfUnpacker implements Unpacker {
    private static final byte[] MARK = "\\objdata".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] COMPOUND = HexFormat.of().parseHex("d0cf11e0a1b11ae1");

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        byte[] head = archive.head();
        int number = 0;
        for (int at = Little.find(head, MARK, 0); at >= 0; at = Little.find(head, MARK, at + MARK.length)) {
            byte[] object = digits(head, at + MARK.length);
            int compound = Little.find(object, COMPOUND, 0);
            int from = Math.max(0, compound);
            number++;
            sink.file("object" + number, archive::size, new ByteArrayInputStream(object, from, object.length - from));
        }
    }

    /** What stands between the digits is left out, as Word does, up to the end of the group. */
    private static byte[] digits(byte[] text, int from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int high = -1;
        for (int at = from; at < text.length && text[at] != '}'; at++) {
            int digit = Character.digit(text[at], 16);
            if (text[at] == '\\') {
                at = word(text, at);
            } else if (digit >= 0 && high >= 0) {
                bytes.write(high * 16 + digit);
                high = -1;
            } else if (digit >= 0) {
                high = digit;
            }
        }
        return bytes.toByteArray();
    }

    private static int word(byte[] text, int at) {
        int end = at + 1;
        while (end < text.length && Character.isLetterOrDigit(text[end])) {
            end++;
        }
        return Math.max(at, end - 1);
    }
}
