// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * The bytes of one file: the first ones in memory, all of a large one on the disk in a file without a name.
 *
 * <p>Trouble of the disk is an {@link UncheckedIOException}, since it is ours; an {@link IOException} is always the
 * archive's. For one thread.
 */
public final class FileBytes implements Closeable {
    private static final int PIECE = 32 * 1024;

    private final byte[] head;
    private final long size;
    private final String sha256;
    private final Optional<FileChannel> spilled;

    private FileBytes(byte[] head, long size, String sha256, Optional<FileChannel> spilled) {
        this.head = head;
        this.size = size;
        this.sha256 = sha256;
        this.spilled = spilled;
    }

    /** Counts what is read, and may refuse it. */
    public interface Count {
        void read(int more, long soFar) throws IOException;
    }

    /** Reads a stream to its end. */
    public static FileBytes read(InputStream bytes, int held, Count count) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        byte[] head = new byte[0];
        int headSize = 0;
        long size = 0;
        Optional<FileChannel> channel = Optional.empty();
        boolean done = false;
        try {
            for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
                digest.update(piece, 0, read);
                count.read(read, size + read);
                if (channel.isEmpty() && size + read > held) {
                    channel = Optional.of(spill(head, headSize));
                }
                if (channel.isPresent()) {
                    write(channel.get(), ByteBuffer.wrap(piece, 0, read));
                } else {
                    head = append(head, headSize, piece, read);
                    headSize += read;
                }
                size += read;
            }
            done = true;
        } finally {
            if (!done && channel.isPresent()) {
                channel.get().close();
            }
        }
        byte[] first = head.length > headSize ? Arrays.copyOf(head, headSize) : head;
        return new FileBytes(first, size, HexFormat.of().formatHex(digest.digest()), channel);
    }

    /** Bytes in memory, which must not change any more. */
    public static FileBytes of(byte[] bytes) {
        return new FileBytes(bytes, bytes.length, HexFormat.of().formatHex(sha256().digest(bytes)), Optional.empty());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] append(byte[] head, int size, byte[] piece, int read) {
        byte[] target = head.length >= size + read
                ? head
                : Arrays.copyOf(head, size == 0 ? read : Math.max(size + read, size * 2));
        System.arraycopy(piece, 0, target, size, read);
        return target;
    }

    private static FileChannel spill(byte[] head, int size) {
        try {
            FileChannel channel = FileChannel.open(
                    Files.createTempFile("amr-file-", ".part"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            write(channel, ByteBuffer.wrap(head, 0, size));
            return channel;
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    public long size() {
        return size;
    }

    /** In small hexadecimal digits. */
    public String sha256Digits() {
        return sha256;
    }

    /** The first bytes, all of a small file; shared, not to be changed. */
    public byte[] head() {
        return head;
    }

    /** Bytes from a place on, fewer at the end; none behind it. */
    public byte[] slice(long from, int length) {
        if (from < 0 || from >= size || length <= 0) {
            return new byte[0];
        }
        byte[] target = new byte[(int) Math.min(length, size - from)];
        int done = 0;
        while (done < target.length) {
            int read = readAt(from + done, target, done, target.length - done);
            if (read <= 0) {
                return Arrays.copyOf(target, done);
            }
            done += read;
        }
        return target;
    }

    private int readAt(long from, byte[] target, int offset, int length) {
        if (from + length <= head.length) {
            System.arraycopy(head, (int) from, target, offset, length);
            return length;
        }
        try {
            return spilled.isEmpty() ? -1 : spilled.get().read(ByteBuffer.wrap(target, offset, length), from);
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    /** The bytes of a range, clipped to the file; needs no closing. */
    public InputStream open(long from, long length) {
        long start = Math.max(0, Math.min(from, size));
        return new Slice(start, start + Math.max(0, Math.min(length, size - start)));
    }

    @Override
    public void close() {
        if (spilled.isPresent()) {
            try {
                spilled.get().close();
            } catch (IOException ours) {
                throw new UncheckedIOException(ours);
            }
        }
    }

    private final class Slice extends InputStream {
        private final long end;
        private long at;

        Slice(long at, long end) {
            this.at = at;
            this.end = end;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(length, end - at);
            int read = wanted <= 0 ? -1 : readAt(at, target, offset, wanted);
            at += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - at));
            at += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - at);
        }
    }
}
