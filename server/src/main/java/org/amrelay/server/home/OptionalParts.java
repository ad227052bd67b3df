// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Looks on the loopback for programs the relay can use but does not need.
 *
 * <p>All at once, at start only, at most {@value #TIMEOUT_MILLIS} ms; sends nothing.
 */
public final class OptionalParts {
    private static final int TIMEOUT_MILLIS = 300;

    private OptionalParts() {}

    /**
     * What was looked for and where it is.
     *
     * @param place where it answered, or where it was looked for
     */
    public record Part(String name, boolean found, String place) {}

    /** Looks for all parts; the answers come in a fixed order. */
    public static List<CompletableFuture<Part>> look(Executor executor) {
        return List.of(
                CompletableFuture.supplyAsync(OptionalParts::clamAv, executor),
                CompletableFuture.supplyAsync(() -> listening("rspamd", 11_334), executor),
                CompletableFuture.supplyAsync(() -> listening("Redis", 6_379), executor));
    }

    private static Part clamAv() {
        for (String socket : List.of("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl")) {
            if (Files.exists(Path.of(socket))) {
                return new Part("ClamAV", true, socket);
            }
        }
        return listening("ClamAV", 3_310);
    }

    private static Part listening(String name, int port) {
        String place = "127.0.0.1:" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return new Part(name, true, place);
        } catch (IOException absent) {
            return new Part(name, false, place);
        }
    }
}
