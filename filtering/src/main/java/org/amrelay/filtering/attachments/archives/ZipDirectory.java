// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The central directory of a ZIP archive, ZIP64 included (APPNOTE 4.3.12 to 4.3.16).
 *
 * <p>What stands before the archive, as in a self-extracting one, is allowed for. Reads the directory only. Immutable.
 *
 * @param entries in the order of the directory
 * @param start where the archive starts in the file, 0 when nothing stands before it
 */
public record ZipDirectory(List<ZipEntryRecord> entries, long start) {
    private static final int TAIL = 65_557;
    private static final long END = 0x06054b50L;
    private static final long END64_PLACE = 0x07064b50L;
    private static final long END64 = 0x06064b50L;
    private static final long ENTRY = 0x02014b50L;
    private static final int ENTRY_SIZE = 46;
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final long UNSET = 0xffffffffL;

    private record Place(long from, long size, long start) {}

    /** The directory of a file; empty when it has none that can be read. */
    public static Optional<ZipDirectory> of(FileBytes file, int most) {
        return place(file).flatMap(place -> read(file, place, most));
    }

    /** The names of the files in the archive. */
    public List<String> names() {
        return entries.stream().map(ZipEntryRecord::name).toList();
    }

    private static Optional<Place> place(FileBytes file) {
        int length = (int) Math.min(TAIL, file.size());
        long tailStart = file.size() - length;
        byte[] tail = file.slice(tailStart, length);
        for (int at = tail.length - 22; at >= 0; at--) {
            if (tail[at] == 'P' && Little.u32(tail, at) == END) {
                Optional<Place> found = endAt(file, tail, at, tailStart + at);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Place> endAt(FileBytes file, byte[] tail, int at, long end) {
        long size = Little.u32(tail, at + 12);
        long offset = Little.u32(tail, at + 16);
        long before = end;
        if (at >= 20 && Little.u32(tail, at - 20) == END64_PLACE) {
            long place = Little.u64(tail, at - 20 + 8);
            byte[] end64 = file.slice(place, 56);
            if (Little.u32(end64, 0) == END64) {
                size = Little.u64(end64, 40);
                offset = Little.u64(end64, 48);
                before = place;
            }
        }
        long from = before - size;
        if (size < 0 || from < 0) {
            return Optional.empty();
        }
        boolean there = size == 0 || Little.u32(file.slice(from, 4), 0) == ENTRY;
        if (there) {
            return Optional.of(new Place(from, size, Math.max(0, from - offset)));
        }
        boolean named = Little.u32(file.slice(offset, 4), 0) == ENTRY;
        return named ? Optional.of(new Place(offset, Math.max(0, before - offset), 0)) : Optional.empty();
    }

    private static Optional<ZipDirectory> read(FileBytes file, Place place, int most) {
        byte[] directory = file.slice(place.from(), (int) Math.min(place.size(), MOST_BYTES));
        List<ZipEntryRecord> entries = new ArrayList<>();
        int at = 0;
        // One more than allowed shows that there are too many
        while (at + ENTRY_SIZE <= directory.length && Little.u32(directory, at) == ENTRY && entries.size() <= most) {
            int nameLength = Little.u16(directory, at + 28);
            int extraLength = Little.u16(directory, at + 30);
            entries.add(entry(directory, at, nameLength, extraLength, place.start()));
            at += ENTRY_SIZE + nameLength + extraLength + Little.u16(directory, at + 32);
        }
        return Optional.of(new ZipDirectory(List.copyOf(entries), place.start()));
    }

    private static ZipEntryRecord entry(byte[] bytes, int at, int nameLength, int extraLength, long start) {
        int flags = Little.u16(bytes, at + 8);
        long packed = Little.u32(bytes, at + 20);
        long size = Little.u32(bytes, at + 24);
        long header = Little.u32(bytes, at + 42);
        int extra = at + ENTRY_SIZE + nameLength;
        int field = extra;
        while (field + 4 <= extra + extraLength) {
            int length = Little.u16(bytes, field + 2);
            if (Little.u16(bytes, field) == 1) {
                int value = field + 4;
                if (size == UNSET) {
                    size = Little.u64(bytes, value);
                    value += 8;
                }
                if (packed == UNSET) {
                    packed = Little.u64(bytes, value);
                    value += 8;
                }
                header = header == UNSET ? Little.u64(bytes, value) : header;
            }
            field += 4 + length;
        }
        String name = name(bytes, at + ENTRY_SIZE, nameLength);
        return new ZipEntryRecord(name, flags, Little.u16(bytes, at + 10), packed, size, header + start);
    }

    /** UTF-8 when it is that, whatever the flag says, else the letters of the first PCs as most programs show them. */
    static String name(byte[] bytes, int from, int length) {
        int start = Math.min(from, bytes.length);
        int end = Math.min(bytes.length, start + length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException other) {
            Charset old = Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
            return new String(bytes, start, end - start, old);
        }
    }

    /** Whether two files claim the same bytes, which only bombs do. */
    boolean overlaps() {
        List<ZipEntryRecord> ordered = entries.stream()
                .sorted(Comparator.comparingLong(ZipEntryRecord::header))
                .toList();
        long end = Long.MIN_VALUE;
        for (ZipEntryRecord entry : ordered) {
            if (entry.header() < end) {
                return true;
            }
            end = entry.header() + 30 + Math.max(0, entry.packed());
        }
        return false;
    }
}
