// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;
import java.util.HexFormat;

/** Reads the files embedded in a OneNote section ([MS-ONESTORE] 2.6.13), by the mark that each starts with. */
public final class OneNoteUnpacker implements Unpacker {
    private static final byte[] MARK = HexFormat.of().parseHex("e716e3bd65261145a4c48d4d0b7a9eac");

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        byte[] head = archive.head();
        int number = 0;
        for (int at = Little.find(head, MARK, 0); at >= 0; at = Little.find(head, MARK, at + MARK.length)) {
            long size = Little.u64(head, at + 16L);
            long from = at + 36L;
            number++;
            if (size < 0 || size > archive.size() - from) {
                sink.unreadable("file" + number, Math.max(0, size), "damaged");
            } else {
                sink.file("file" + number, () -> size, archive.open(from, size));
            }
        }
    }
}
