// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Bytes in a file without a name: it goes when nobody needs it any more, and with the process at the latest.
 *
 * <p>The channel is closed by the JVM when the object is unreachable; there is no owner who could forget it. Safe for several
 * threads, since each read names its place.
 */
final class SpilledBytes implements ViewSource {
    private static final int PIECE = 64 * 1024;

    private final FileChannel channel;
    private final long size;

    private SpilledBytes(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static SpilledBytes of(byte[] first, InputStream rest, long most) throws IOException {
        Path file = Files.createTempFile("amr-view-", ".part");
        // Unix takes the name away at once, so that a crash leaves nothing
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            write(channel, first, first.length);
            byte[] piece = new byte[PIECE];
            long size = first.length;
            for (int read = rest.read(piece); read >= 0 && size < most; read = rest.read(piece)) {
                write(channel, piece, read);
                size += read;
            }
            return new SpilledBytes(channel, size);
        } catch (IOException full) {
            channel.close();
            throw full;
        }
    }

    private static void write(FileChannel channel, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public InputStream open(long from, long to) {
        return new Slice(from, to);
    }

    @Override
    public LineReader lines() {
        return new LineReader(open(0, size), size);
    }

    @Override
    public long size() {
        return size;
    }

    /** Not buffered: readers ask for pieces. */
    private final class Slice extends InputStream {
        private final long end;
        private long at;

        Slice(long from, long to) {
            this.at = from;
            this.end = to;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(length, end - at);
            int read = wanted <= 0 ? -1 : channel.read(ByteBuffer.wrap(target, offset, wanted), at);
            at += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - at));
            at += skipped;
            return skipped;
        }
    }
}
