// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads ZIP archives and all formats made of them.
 *
 * <p>The central directory counts, as it does for programs that people use; local headers that say otherwise are a trait,
 * {@code malformed-archive}. An archive without a directory is read from its front as far as it goes.
 */
public final class ZipUnpacker implements Unpacker {
    private static final long LOCAL = 0x04034b50L;
    private static final int LOCAL_SIZE = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int DESCRIPTOR_FOLLOWS = 8;
    private static final int WINDOW = 8192;

    private final int most;

    /** A reader of archives with so many files at most. */
    public ZipUnpacker(int most) {
        this.most = most;
    }

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        Optional<ZipDirectory> directory = ZipDirectory.of(archive, most);
        if (directory.isEmpty()) {
            sink.trait("malformed-archive");
            fromTheFront(archive, sink);
            throw new IOException("no central directory");
        }
        if (directory.get().overlaps()) {
            sink.trait("archive-bomb");
            throw new LimitReached("overlapping-entries");
        }
        for (ZipEntryRecord entry : directory.get().entries()) {
            if (!entry.isFolder()) {
                listed(archive, entry, sink);
            }
        }
        hidden(archive, directory.get(), sink);
    }

    /** A file that stands in front and not in the directory: some programs unpack it, and some do not. */
    private static void hidden(FileBytes archive, ZipDirectory directory, EntrySink sink) throws IOException {
        byte[] header = archive.slice(directory.start(), LOCAL_SIZE);
        List<ZipEntryRecord> entries = directory.entries();
        if (Little.u32(header, 0) == LOCAL
                && entries.stream().noneMatch(entry -> entry.header() == directory.start())) {
            sink.trait("malformed-archive");
            fromTheFront(archive, sink);
        }
    }

    private static void listed(FileBytes archive, ZipEntryRecord entry, EntrySink sink) throws IOException {
        byte[] header = archive.slice(entry.header(), LOCAL_SIZE);
        if (Little.u32(header, 0) != LOCAL || header.length < LOCAL_SIZE) {
            sink.trait("malformed-archive");
            sink.unreadable(entry.name(), entry.size(), "damaged");
            return;
        }
        int nameLength = Little.u16(header, 26);
        byte[] name = archive.slice(entry.header() + LOCAL_SIZE, nameLength);
        if (!ZipDirectory.name(name, 0, name.length).equals(entry.name())) {
            sink.trait("malformed-archive");
        }
        long from = entry.header() + LOCAL_SIZE + nameLength + Little.u16(header, 28);
        give(archive, entry, from, sink);
    }

    private static void give(FileBytes archive, ZipEntryRecord entry, long from, EntrySink sink) throws IOException {
        long packed = entry.packed() < 0 ? archive.size() - from : entry.packed();
        if (entry.isEncrypted()) {
            sink.unreadable(entry.name(), entry.size(), "encrypted");
            return;
        }
        InputStream bytes = archive.open(from, packed);
        LongSupplier taken = () -> Math.min(packed, archive.size());
        switch (entry.method()) {
            case STORED -> sink.file(entry.name(), taken, bytes);
            case DEFLATED -> inflate(entry.name(), taken, bytes, sink);
            default -> {
                Optional<InputStream> other = Compression.ofZipMethod(entry.method(), bytes);
                if (other.isEmpty()) {
                    sink.unreadable(entry.name(), entry.size(), "no-reader");
                } else {
                    sink.file(entry.name(), taken, other.get());
                }
            }
        }
    }

    private static long inflate(String name, LongSupplier packed, InputStream bytes, EntrySink sink)
            throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            sink.file(name, packed, new InflaterInputStream(bytes, inflater, WINDOW));
            return inflater.getBytesRead();
        } finally {
            inflater.end();
        }
    }

    private static void fromTheFront(FileBytes archive, EntrySink sink) throws IOException {
        long at = 0;
        byte[] header = archive.slice(at, LOCAL_SIZE);
        while (header.length == LOCAL_SIZE && Little.u32(header, 0) == LOCAL) {
            int nameLength = Little.u16(header, 26);
            byte[] nameBytes = archive.slice(at + LOCAL_SIZE, nameLength);
            String name = ZipDirectory.name(nameBytes, 0, nameBytes.length);
            int flags = Little.u16(header, 6);
            int method = Little.u16(header, 8);
            long from = at + LOCAL_SIZE + nameLength + Little.u16(header, 28);
            long packed = Little.u32(header, 18);
            boolean open = (flags & DESCRIPTOR_FOLLOWS) != 0 && packed == 0;
            ZipEntryRecord entry = new ZipEntryRecord(name, flags, method, packed, Little.u32(header, 22), at);
            if (open && method == DEFLATED && !entry.isEncrypted()) {
                packed = inflate(name, () -> archive.size() - from, archive.open(from, Long.MAX_VALUE), sink);
                at = afterDescriptor(archive, from + packed);
            } else {
                if (!entry.isFolder()) {
                    give(archive, entry, from, sink);
                }
                at = from + packed;
            }
            header = archive.slice(at, LOCAL_SIZE);
        }
    }

    private static long afterDescriptor(FileBytes archive, long at) {
        byte[] next = archive.slice(at, 32);
        for (int skip = 0; skip <= 24; skip += 4) {
            if (Little.u32(next, skip) == LOCAL) {
                return at + skip;
            }
        }
        return at;
    }
}
