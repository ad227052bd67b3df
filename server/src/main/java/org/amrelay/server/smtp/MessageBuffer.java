// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.amrelay.mail.message.MessageContent;

/**
 * The bytes of a message being received: in memory while it is small and memory is there, else in a file.
 *
 * <p>{@link #write} never touches the disk; when {@link #mustSpill}, the owner calls {@link #spill}, which blocks, on a
 * thread that may. For one thread at a time. {@link #close} gives memory and file back, also after {@link #content}.
 */
final class MessageBuffer implements AutoCloseable {
    private static final int FIRST_PIECE = 16 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};

    private final MemoryBudget budget;
    private final int inMemory;
    private final Path directory;
    private byte[] bytes = {};
    private int length;
    private long reserved;
    private long spilled;
    private Optional<Path> file = Optional.empty();
    private Optional<OutputStream> out = Optional.empty();

    /**
     * @param inMemory bytes of one message that stay in memory
     * @param directory where files go
     */
    MessageBuffer(MemoryBudget budget, int inMemory, Path directory) {
        this.budget = budget;
        this.inMemory = inMemory;
        this.directory = directory;
    }

    void write(byte[] from, int start, int end) {
        int added = end - start;
        if (length + added > bytes.length) {
            grow(length + added);
        }
        System.arraycopy(from, start, bytes, length, added);
        length += added;
    }

    void writeLineEnd() {
        write(CRLF, 0, 2);
    }

    /** Whether what is in memory should go to the file before more is written. */
    boolean mustSpill() {
        return length >= inMemory || (length > FIRST_PIECE && reserved < bytes.length);
    }

    /** Moves what is in memory to the file. */
    void spill() throws IOException {
        if (out.isEmpty()) {
            Path created = Files.createTempFile(directory, "message-", ".part");
            file = Optional.of(created);
            out = Optional.of(Files.newOutputStream(created));
        }
        out.get().write(bytes, 0, length);
        spilled += length;
        length = 0;
    }

    long size() {
        return spilled + length;
    }

    /** The whole message; blocks when it is in a file. Nothing can be written afterwards. */
    MessageContent content() throws IOException {
        if (file.isEmpty()) {
            return MessageContent.of(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
        }
        spill();
        out.get().close();
        return new InFile(file.get(), spilled);
    }

    /** Whether {@link #content} needs the disk. */
    boolean isInFile() {
        return file.isPresent();
    }

    @Override
    public void close() throws IOException {
        budget.release(reserved);
        reserved = 0;
        bytes = new byte[0];
        length = 0;
        if (out.isPresent()) {
            out.get().close();
            Files.deleteIfExists(file.orElseThrow());
        }
    }

    private void grow(int needed) {
        int size = Math.max(Math.max(FIRST_PIECE, bytes.length * 2), needed);
        if (budget.reserve(size - reserved)) {
            reserved = size;
        }
        bytes = Arrays.copyOf(bytes, size);
    }

    private record InFile(Path file, long size) implements MessageContent {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
