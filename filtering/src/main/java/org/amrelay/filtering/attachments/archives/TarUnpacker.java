// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads tar archives: POSIX ustar, the long names of GNU and of pax; of sparse files what is there. */
public final class TarUnpacker implements Unpacker {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 64 * 1024;

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        long at = 0;
        String longName = "";
        while (at + BLOCK <= archive.size()) {
            byte[] header = archive.slice(at, BLOCK);
            if (header[0] == 0) {
                return;
            }
            long size = number(header, 124, 12);
            if (size < 0 || size > archive.size() - at) {
                sink.unreadable(text(header, 0, 100), Math.max(0, size), "damaged");
                return;
            }
            long from = at + BLOCK;
            char kind = (char) (header[156] & 0xff);
            if (kind == 'L') {
                byte[] name = archive.slice(from, (int) Math.min(size, LONGEST_NAME));
                longName = text(name, 0, name.length);
            } else if (kind == 'x') {
                longName = pax(archive.slice(from, (int) Math.min(size, LONGEST_NAME)));
            } else {
                if (size > 0 || kind == '0' || kind == 0) {
                    String prefix = text(header, 345, 155);
                    String name = text(header, 0, 100);
                    String full = prefix.isEmpty() ? name : prefix + '/' + name;
                    sink.file(longName.isEmpty() ? full : longName, () -> size, archive.open(from, size));
                }
                longName = "";
            }
            at = from + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
    }

    /** The value of {@code path} among records of length, name and value. */
    private static String pax(byte[] records) {
        String all = new String(records, StandardCharsets.UTF_8);
        int at = all.startsWith("path=") ? 0 : all.indexOf(" path=") + 1;
        int value = at + "path=".length();
        int end = value > all.length() ? -1 : all.indexOf('\n', value);
        return all.startsWith("path=", at) && end > 0 ? all.substring(value, end) : "";
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return ZipDirectory.name(bytes, from, end - from);
    }

    /** Octal digits, or GNU's binary form for large files; -1 when it is neither. */
    private static long number(byte[] bytes, int from, int length) {
        long value = 0;
        if ((bytes[from] & 0x80) != 0) {
            for (int i = from + length - 8; i < from + length; i++) {
                value = value << 8 | bytes[i] & 0xff;
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '7') {
                value = value << 3 | bytes[i] - '0';
            } else if (bytes[i] != ' ' && bytes[i] != 0) {
                return -1;
            }
        }
        return value;
    }
}
