// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.failure.StorageUnavailable;

/**
 * The bytes of messages: small ones in rows, large ones in files, and of a message whose header alone changed only the new
 * header.
 *
 * <p>Safe for several threads. Files are written before their row, and deleted after it; what a crash leaves between is
 * deleted at the next start.
 */
final class Bodies {
    private static final String INSERT = "INSERT INTO content (id, size, tail_from, bytes) VALUES (?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM content WHERE id >= ? AND id < ?";
    private static final String READ = "SELECT tail_from, bytes FROM content WHERE id = ?";
    private static final int WORTH_SHARING = 1_024;

    private final Readers readers;
    private final BodyFiles files;
    private final int inlineLimit;

    Bodies(Path directory, Readers readers, SqliteSettings settings, Faults faults) throws IOException {
        this.readers = readers;
        this.files = new BodyFiles(directory, faults);
        this.inlineLimit = settings.inlineBody();
    }

    /** Deletes files without row, which a crash left. */
    void deleteOrphans(Statements tables) throws SQLException {
        for (long id : files.ids()) {
            if (!tables.exists(READ, id)) {
                files.delete(id, id + 1);
            }
        }
    }

    /**
     * Makes a body ready on the caller's thread.
     *
     * @throws StorageUnavailable when the content cannot be read or its file not be written
     */
    PreparedBody prepare(long id, MessageContent content) {
        try {
            if (content.size() > inlineLimit) {
                files.write(id, content);
                return new PreparedBody(
                        id, content.size(), Optional.empty(), OptionalLong.empty(), stored(id, content.size()));
            }
            byte[] bytes = bytesOf(content);
            MessageContent kept = content instanceof MessageContent.InMemory ? content : MessageContent.of(bytes);
            return new PreparedBody(id, bytes.length, Optional.of(bytes), OptionalLong.empty(), kept);
        } catch (IOException e) {
            files.delete(id, id + 1);
            throw new StorageUnavailable("cannot keep a body: " + e.getMessage(), e);
        }
    }

    /** The same for content that replaces the owner's content 0, of which it keeps the body when only the header differs. */
    PreparedBody prepare(long id, MessageContent content, MessageContent original) {
        if (content.size() <= inlineLimit
                && content instanceof MessageContent.InMemory changed
                && original instanceof MessageContent.InMemory first) {
            int header = headerEnd(changed.shared());
            int firstHeader = headerEnd(first.shared());
            byte[] bytes = changed.shared();
            if (bytes.length - header >= WORTH_SHARING
                    && Arrays.equals(bytes, header, bytes.length, first.shared(), firstHeader, first.shared().length)) {
                byte[] head = Arrays.copyOf(bytes, header);
                return new PreparedBody(id, bytes.length, Optional.of(head), OptionalLong.of(firstHeader), content);
            }
        }
        return prepare(id, content);
    }

    /** Where the empty line starts that ends the header; the end of the message when there is none. */
    private static int headerEnd(byte[] bytes) {
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return bytes.length;
    }

    private static byte[] bytesOf(MessageContent content) throws IOException {
        if (content instanceof MessageContent.InMemory inMemory) {
            return inMemory.shared();
        }
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    void insert(Statements tables, PreparedBody body) throws SQLException {
        tables.update(
                INSERT,
                body.id(),
                body.size(),
                body.tailFrom().isPresent() ? (Object) body.tailFrom().getAsLong() : null,
                body.bytes().orElse(null));
    }

    /** Deletes the rows of all bodies of an owner; the files follow by {@link #forget} after the commit. */
    void delete(Statements tables, long owner) throws SQLException {
        tables.update(DELETE, Ids.of(owner, 0), Ids.end(owner));
    }

    /** Deletes the row of one body. */
    void deleteOne(Statements tables, long id) throws SQLException {
        tables.update(DELETE, id, id + 1);
    }

    /** Deletes the files of an owner whose rows are gone or were never committed. */
    void forget(long owner) {
        files.delete(Ids.of(owner, 0), Ids.end(owner));
    }

    /** Deletes the file of one body, if it has one. */
    void forgetOne(long id) {
        files.delete(id, id + 1);
    }

    /** A content that is read from the disk each time. */
    MessageContent stored(long id, long size) {
        return new MessageContent() {
            @Override
            public InputStream open() throws IOException {
                return Bodies.this.open(id);
            }

            @Override
            public long size() {
                return size;
            }
        };
    }

    private record Stored(Optional<Long> tailFrom, Optional<byte[]> bytes) {}

    private Optional<Stored> find(long id) throws IOException {
        try {
            return readers.read(tables -> tables.first(READ, Bodies::stored, id));
        } catch (StorageUnavailable e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        long tail = row.getLong(1);
        return new Stored(row.wasNull() ? Optional.empty() : Optional.of(tail), Optional.ofNullable(row.getBytes(2)));
    }

    private InputStream open(long id) throws IOException {
        Stored stored = find(id).orElseThrow(() -> new IOException("the body " + id + " is not there any more"));
        if (stored.bytes().isEmpty()) {
            return files.open(id);
        }
        InputStream head = new ByteArrayInputStream(stored.bytes().get());
        if (stored.tailFrom().isEmpty()) {
            return head;
        }
        InputStream tail = open(Ids.of(Ids.owner(id), 0));
        tail.skipNBytes(stored.tailFrom().get());
        return new SequenceInputStream(head, tail);
    }

    /** Whether the file of a body is where its row says. */
    boolean hasFile(long id) {
        return files.exists(id);
    }
}
