// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.amrelay.storage.failure.HomeInUse;
import org.amrelay.storage.failure.StorageUnavailable;
import org.jspecify.annotations.Nullable;

/** Keeps a directory for one process; the operating system frees it when the process dies. */
final class DirectoryLock implements Closeable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory, Instant now) {
        Path file = directory.resolve("in-use");
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new HomeInUse(
                        directory,
                        Files.readString(file, StandardCharsets.UTF_8).strip());
            }
            write(channel, now);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StorageUnavailable("cannot use the directory " + directory + ": " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A full disk must not keep the relay from starting, so that space can be made; then only the holder's name is missing. */
    private static void write(FileChannel channel, Instant now) {
        String holder =
                "process " + ProcessHandle.current().pid() + " since " + now.truncatedTo(ChronoUnit.SECONDS) + "\n";
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(DirectoryLock.class).warn("cannot say who uses the directory", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
