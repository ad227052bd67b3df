// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine's clamd as a process of our own, with one signature: that of the EICAR test file. */
final class PrivateClamd implements Closeable {
    /** In two pieces, so that no scanner takes this source for the test file. */
    static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private PrivateClamd(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static PrivateClamd start(Path directory) throws Exception {
        String clamd = Programs.need("clamd");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path signatures = Files.createDirectories(directory.resolve("signatures"));
        String pattern = HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(signatures.resolve("test.ndb"), "Eicar-Test-Signature:0:*:" + pattern + "\n");
        Path config = Files.writeString(
                directory.resolve("clamd.conf"),
                String.join(
                        "\n",
                        "Foreground yes",
                        "DatabaseDirectory " + signatures,
                        "TCPSocket " + port,
                        "TCPAddr 127.0.0.1",
                        "MaxThreads 10",
                        "LogFile " + directory.resolve("clamd.log"),
                        ""));
        Process process = new ProcessBuilder(clamd, "--config-file=" + config)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("clamd.out").toFile())
                .start();
        PrivateClamd started = new PrivateClamd(process, port);
        await("clamd answers on port " + port).atMost(PATIENCE).until(started::answers);
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("zPING\0".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'P';
        } catch (IOException notYet) {
            return false;
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** SIGSTOP: its port still takes connections, but nobody is there. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        Programs.run(Path.of("/"), Map.of(), List.of(Programs.need("kill"), name, Long.toString(process.pid())));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
