// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The streams of an OLE2 compound file ([MS-CFB]): old Office documents, Outlook messages, installers.
 *
 * <p>Chains of sectors may run in circles and trees may be lists: each sector and each directory entry is followed once. Holds
 * the directory and the allocation table in memory, both bounded. For one thread.
 */
public final class CompoundFile {
    private static final int MOST_ENTRIES = 5_000;
    private static final int MOST_SECTORS = 1 << 20;
    private static final int MOST_SMALL = 4 * 1024 * 1024;
    private static final long LAST = 0xfffffffaL;
    private static final int ENTRY = 128;

    private final FileBytes file;
    private final int sectorSize;
    private final long small;
    private final int[] table;
    private final List<Stream> streams = new ArrayList<>();
    private final byte[] directory;
    private final Optional<byte[]> smallTable;
    private final byte[] smallBytes;

    /**
     * A stream or storage.
     *
     * @param path names of storages and its own, joined by {@code /}
     * @param storage whether it holds others
     */
    public record Stream(String path, boolean storage, long first, long size) {
        /** Its own name. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private CompoundFile(FileBytes file) throws IOException {
        this.file = file;
        byte[] header = file.slice(0, 512);
        int shift = Little.u16(header, 30);
        if (shift != 9 && shift != 12 || header.length < 512) {
            throw new IOException("no compound file");
        }
        this.sectorSize = 1 << shift;
        this.small = Little.u32(header, 56);
        this.table = allocation(header);
        this.directory = chain(Little.u32(header, 48), (long) MOST_ENTRIES * ENTRY);
        long rootSize = Math.min(Little.u32(directory, 120), MOST_SMALL);
        this.smallBytes = chain(Little.u32(directory, 116), rootSize);
        byte[] smalls = chain(Little.u32(header, 60), 4L * MOST_SECTORS);
        this.smallTable = smalls.length == 0 ? Optional.empty() : Optional.of(smalls);
        walk();
    }

    /** Reads the directory; empty when it is no compound file. */
    public static Optional<CompoundFile> of(FileBytes file) {
        try {
            return Optional.of(new CompoundFile(file));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /** All streams and storages, in the order of the directory's tree. */
    public List<Stream> streams() {
        return List.copyOf(streams);
    }

    /** The first stream of a name, wherever it is; case does not matter. */
    public Optional<Stream> named(String name) {
        return streams.stream()
                .filter(stream -> stream.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The bytes of a stream up to a limit; fewer when its chain is broken. */
    public byte[] read(Stream stream, int most) {
        long wanted = Math.min(stream.size(), most);
        if (stream.size() >= small || smallTable.isEmpty()) {
            return chain(stream.first(), wanted);
        }
        return smallChain(stream.first(), (int) wanted);
    }

    private int[] allocation(byte[] header) {
        long sectors = Math.min(MOST_SECTORS, file.size() / sectorSize + 1);
        int[] entries = new int[(int) sectors];
        Arrays.fill(entries, -1);
        int filled = 0;
        byte[] places = Arrays.copyOfRange(header, 76, 512);
        long next = Little.u32(header, 68);
        for (long hop = 0; hop <= sectors; hop++) {
            int inIt = hop == 0 ? places.length : places.length - 4;
            for (int at = 0; at + 4 <= inIt && filled < entries.length; at += 4) {
                long sector = Little.u32(places, at);
                if (sector < LAST) {
                    filled = fill(entries, filled, sector);
                }
            }
            if (next >= LAST || filled >= entries.length) {
                return entries;
            }
            places = sector(next);
            next = Little.u32(places, sectorSize - 4L);
        }
        return entries;
    }

    private int fill(int[] entries, int filled, long sector) {
        byte[] bytes = sector(sector);
        int at = filled;
        for (int i = 0; i + 4 <= sectorSize && at < entries.length; i += 4) {
            entries[at++] = i + 4 <= bytes.length ? (int) Little.u32(bytes, i) : -1;
        }
        return at;
    }

    private byte[] sector(long number) {
        return file.slice((number + 1) * sectorSize, sectorSize);
    }

    private byte[] chain(long first, long most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BitSet seen = new BitSet();
        long at = first;
        while (at < table.length && !seen.get((int) at) && bytes.size() < most) {
            seen.set((int) at);
            byte[] sector = sector(at);
            bytes.write(sector, 0, (int) Math.min(sector.length, most - bytes.size()));
            at = table[(int) at] & 0xffffffffL;
        }
        return bytes.toByteArray();
    }

    private byte[] smallChain(long first, int most) {
        byte[] places = smallTable.orElse(new byte[0]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BitSet seen = new BitSet();
        long at = first;
        while (at * 4 < places.length && !seen.get((int) at) && bytes.size() < most) {
            seen.set((int) at);
            int from = (int) Math.min(smallBytes.length, at * 64);
            bytes.write(smallBytes, from, Math.min(Math.min(64, smallBytes.length - from), most - bytes.size()));
            at = Little.u32(places, at * 4);
        }
        return bytes.toByteArray();
    }

    private record Visit(long entry, String parent) {}

    private void walk() {
        BitSet seen = new BitSet();
        ArrayDeque<Visit> todo = new ArrayDeque<>();
        todo.push(new Visit(Little.u32(directory, 76), ""));
        while (!todo.isEmpty()) {
            Visit visit = todo.pop();
            long at = visit.entry() * ENTRY;
            if (visit.entry() >= MOST_ENTRIES || at + ENTRY > directory.length || seen.get((int) visit.entry())) {
                continue;
            }
            seen.set((int) visit.entry());
            String path = visit.parent() + name(at);
            int kind = Little.u8(directory, at + 66);
            boolean storage = kind == 1;
            if (kind == 1 || kind == 2) {
                streams.add(
                        new Stream(path, storage, Little.u32(directory, at + 116), Little.u32(directory, at + 120)));
            }
            todo.push(new Visit(Little.u32(directory, at + 72), visit.parent()));
            todo.push(new Visit(Little.u32(directory, at + 68), visit.parent()));
            // A path that grew beyond reason is a circle in disguise
            if (storage && path.length() < 2_000) {
                todo.push(new Visit(Little.u32(directory, at + 76), path + '/'));
            }
        }
    }

    private String name(long at) {
        int length = Math.min(64, Math.max(2, Little.u16(directory, at + 64))) - 2;
        return new String(directory, (int) at, length, StandardCharsets.UTF_16LE);
    }
}
