// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;

/** Reads the attachments in a {@code winmail.dat} ([MS-OXTNEF] 2.1.3). */
public final class TnefUnpacker implements Unpacker {
    private static final long RENDERING = 0x00069002L;
    private static final long TITLE = 0x00018010L;
    private static final long BYTES = 0x0006800fL;

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        long at = 6;
        String title = "";
        long from = -1;
        long length = 0;
        while (at + 9 <= archive.size()) {
            byte[] header = archive.slice(at, 9);
            long attribute = Little.u32(header, 1);
            long size = Little.u32(header, 5);
            if (size > archive.size() - at - 9) {
                give(archive, title, from, length, sink);
                throw new IOException("an attribute reaches over the end");
            }
            if (attribute == RENDERING) {
                give(archive, title, from, length, sink);
                title = "";
                from = -1;
            } else if (attribute == TITLE) {
                byte[] name = archive.slice(at + 9, (int) Math.min(size, 8_192));
                title = ZipDirectory.name(name, 0, name.length > 0 ? name.length - 1 : 0);
            } else if (attribute == BYTES) {
                from = at + 9;
                length = size;
            }
            at += 9 + size + 2;
        }
        give(archive, title, from, length, sink);
    }

    private static void give(FileBytes archive, String title, long from, long length, EntrySink sink)
            throws IOException {
        if (from >= 0) {
            sink.file(title.isEmpty() ? "attachment" : title, () -> length, archive.open(from, length));
        }
    }
}
