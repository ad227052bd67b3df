// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/** Reads 7z archives with commons-compress, which is held to a limit of memory. */
public final class SevenZipUnpacker implements Unpacker {
    private final int memoryKib;

    /** A reader that takes so much memory at most. */
    public SevenZipUnpacker(int memoryKib) {
        this.memoryKib = memoryKib;
    }

    @Override
    public void unpack(FileBytes archive, EntrySink sink) throws IOException {
        try (SevenZFile reader = NamedFailures.call(() -> SevenZFile.builder()
                .setSeekableByteChannel(new FileBytesChannel(archive))
                .setMaxMemoryLimitKiB(memoryKib)
                .get())) {
            Optional<SevenZArchiveEntry> entry = next(reader);
            while (entry.isPresent()) {
                if (!entry.get().isDirectory()) {
                    give(reader, entry.get(), archive, sink);
                }
                entry = next(reader);
            }
        } catch (PasswordRequiredException secret) {
            sink.unreadable("", 0, "encrypted");
        }
    }

    private static Optional<SevenZArchiveEntry> next(SevenZFile reader) throws IOException {
        return NamedFailures.call(() -> Optional.ofNullable(reader.getNextEntry()));
    }

    private static void give(SevenZFile reader, SevenZArchiveEntry entry, FileBytes archive, EntrySink sink)
            throws IOException {
        String name = entry.getName() == null ? "" : entry.getName();
        if (!entry.hasStream()) {
            sink.file(name, () -> 0, InputStream.nullInputStream());
            return;
        }
        InputStream bytes = NamedFailures.call(() -> reader.getInputStream(entry));
        sink.file(name, archive::size, new NamedFailures(bytes));
    }
}
