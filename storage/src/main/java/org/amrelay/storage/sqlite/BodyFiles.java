// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.failure.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large bodies, one file each, synced with their directory before anybody hears of them.
 *
 * <p>Safe for several threads. Knows in memory which ids have a file, so that no call asks the disk in vain.
 */
final class BodyFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BodyFiles.class);
    private static final int FOLDERS = 64;
    private static final int CHUNK = 64 << 10;

    private final Path directory;
    private final Faults faults;
    private final ConcurrentSkipListSet<Long> ids = new ConcurrentSkipListSet<>();

    BodyFiles(Path home, Faults faults) throws IOException {
        this.directory = home.resolve("bodies");
        this.faults = faults;
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            syncDirectory(home);
        }
        try (Stream<Path> found = Files.walk(directory, 2)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                ids.add(Long.parseLong(file.getFileName().toString()));
            }
        }
    }

    List<Long> ids() {
        return List.copyOf(ids);
    }

    boolean exists(long id) {
        return Files.exists(file(id));
    }

    void write(long id, MessageContent content) throws IOException {
        faults.at(Faults.Point.BODY_FILE);
        Path file = file(id);
        Path folder = directory.resolve(folderOf(id));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            syncDirectory(directory);
        }
        ids.add(id);
        try (InputStream in = content.open();
                FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            out.force(true);
        }
        syncDirectory(folder);
    }

    InputStream open(long id) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file(id)), CHUNK);
    }

    /** Deletes the files with ids from, until to. What cannot be deleted is tried again at the next start. */
    void delete(long from, long to) {
        if (ids.isEmpty()) {
            return;
        }
        for (Long id : ids.subSet(from, to)) {
            ids.remove(id);
            try {
                Files.deleteIfExists(file(id));
            } catch (IOException e) {
                LOG.warn("the body file {} cannot be deleted: {}", file(id), e.toString());
            }
        }
    }

    private static String folderOf(long id) {
        return Long.toString(Ids.owner(id) % FOLDERS);
    }

    private Path file(long id) {
        return directory.resolve(folderOf(id)).resolve(Long.toString(id));
    }

    private static void syncDirectory(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
