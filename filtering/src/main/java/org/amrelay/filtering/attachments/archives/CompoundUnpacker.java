// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the files in compound files: attachments of Outlook messages ([MS-OXMSG]) and embedded objects ([MS-OLEDS] 2.3.6). */
public final class CompoundUnpacker implements Unpacker {
    private static final int MOST = 16 * 1024 * 1024;
    private static final String ATTACHED = "__substg1.0_37010102";

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        CompoundFile file = CompoundFile.of(archive).orElseThrow(() -> new IOException("no compound file"));
        for (CompoundFile.Stream stream : file.streams()) {
            if (!stream.storage() && stream.name().equals(ATTACHED)) {
                byte[] bytes = file.read(stream, MOST);
                sink.file(attachmentName(file, stream), archive::size, new ByteArrayInputStream(bytes));
            } else if (stream.name().equals("\u0001Ole10Native")) {
                embedded(file.read(stream, MOST), archive, sink);
            } else if (stream.name().equals("Package") || stream.name().equals("CONTENTS")) {
                sink.file(stream.name(), archive::size, new ByteArrayInputStream(file.read(stream, MOST)));
            }
        }
    }

    private static String attachmentName(CompoundFile file, CompoundFile.Stream stream) {
        String storage = stream.path().substring(0, stream.path().length() - ATTACHED.length());
        for (String property : new String[] {"3707001F", "3704001F", "3707001E", "3704001E"}) {
            for (CompoundFile.Stream other : file.streams()) {
                if (other.path().equals(storage + "__substg1.0_" + property)) {
                    byte[] name = file.read(other, 8_192);
                    return property.endsWith("F")
                            ? new String(name, StandardCharsets.UTF_16LE)
                            : ZipDirectory.name(name, 0, name.length);
                }
            }
        }
        return "attachment";
    }

    /** A size, two bytes, a label, a file name, eight bytes, a path with its length, and the file with its length. */
    private static void embedded(byte[] bytes, FileBytes archive, EntrySink sink) throws IOException {
        int label = zero(bytes, 6);
        int name = zero(bytes, label + 1);
        int path = (int) Math.min(bytes.length, name + 1L + 8 + Little.u32(bytes, name + 5L));
        long size = Little.u32(bytes, path);
        int from = Math.min(bytes.length, path + 4);
        int length = (int) Math.min(size, bytes.length - from);
        String shown = label < bytes.length ? ZipDirectory.name(bytes, 6, label - 6) : "";
        if (length > 0 && !shown.isEmpty()) {
            sink.file(shown, archive::size, new ByteArrayInputStream(bytes, from, length));
        } else {
            sink.file(
                    "object", archive::size, new ByteArrayInputStream(bytes, Math.min(4, bytes.length), bytes.length));
        }
    }

    private static int zero(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at;
    }
}
