// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;

/**
 * A real disk without space: the relay's data lies on a small file system in memory, which a large file fills.
 *
 * <p>Needs root, because it mounts.
 */
final class FullDisk implements Trouble {
    private static final String SIZE = "size=768m";
    private static final int PIECE = 64 * 1024;
    private static final long MOUNT_SECONDS = 20;

    private final Path data;
    private boolean mounted;

    FullDisk(Home home) {
        this.data = home.data();
    }

    @Override
    public void prepare(Home home) throws IOException {
        Files.createDirectories(data);
        if (run("mount", "-t", "tmpfs", "-o", SIZE, "amr-torture", data.toString()) != 0) {
            throw new StartRefused("a full disk needs root, to mount a small file system at " + data);
        }
        mounted = true;
    }

    @Override
    public List<String> options() {
        return List.of();
    }

    @Override
    public void begin() throws IOException {
        try (OutputStream file = Files.newOutputStream(filler())) {
            byte[] piece = new byte[PIECE];
            while (true) {
                file.write(piece);
            }
        } catch (IOException full) {
            if (!Files.exists(filler())) {
                throw full;
            }
        }
    }

    @Override
    public void end() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return data.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        if (mounted && run("umount", data.toString()) == 0) {
            mounted = false;
        }
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
