// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file as a channel for readers that jump; closing it changes nothing. For one thread. */
final class FileBytesChannel implements SeekableByteChannel {
    private static final int PIECE = 32 * 1024;

    private final FileBytes file;
    private long at;

    FileBytesChannel(FileBytes file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target) {
        byte[] bytes = file.slice(at, Math.min(PIECE, target.remaining()));
        target.put(bytes);
        at += bytes.length;
        return bytes.length == 0 && target.hasRemaining() ? -1 : bytes.length;
    }

    @Override
    public long position() {
        return at;
    }

    @Override
    public SeekableByteChannel position(long place) {
        if (place < 0) {
            throw new IllegalArgumentException("before the file");
        }
        at = place;
        return this;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // the file belongs to somebody else
    }
}
