// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;

/**
 * The relay as a process of its own, started from the same classes and with the same options as this one.
 *
 * <p>Not safe for several threads.
 */
final class RelayChild implements Closeable {
    private static final String PROGRAM = "org.amrelay.server.cli.Amr";
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;
    private static final int TAIL_LINES = 20;

    private final Process process;
    private final Home home;
    private final Path console;

    private RelayChild(Process process, Home home, Path console) {
        this.process = process;
        this.home = home;
        this.console = console;
    }

    /** Starts it on free ports; returns before it listens. */
    static RelayChild start(Home home, List<String> moreOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
                command.add(option);
            }
        }
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), PROGRAM));
        command.addAll(List.of("run", "--home", home.directory().toString()));
        Path console = home.log().resolve("console.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        builder.environment().putAll(environment());
        return new RelayChild(builder.start(), home, console);
    }

    /** Loopback and free ports only, and as many connections from one address as the load needs. */
    static Map<String, String> environment() {
        return Map.of(
                "AMR_HOSTNAME", "relay.torture.example",
                "AMR_LISTEN_MAIL", "127.0.0.1",
                "AMR_LISTEN_ADMIN", "127.0.0.1",
                "AMR_PORT_RECEIVE", "0",
                "AMR_PORT_SUBMISSION", "0",
                "AMR_PORT_SUBMISSIONS", "0",
                "AMR_PORT_ADMIN", "0",
                "AMR_LIMIT_CONNECTIONS_PER_ADDRESS", "1000");
    }

    /**
     * Waits until it says 220 on the receive port.
     *
     * @return that port
     * @throws IOException with the end of its output, when it ended or did not get ready in two minutes
     */
    int awaitReady() throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < giveUp) {
            if (waitsFor(Duration.ofMillis(POLL_MILLIS))) {
                throw new IOException("the relay ended with " + process.exitValue() + "; its last words:\n" + tail());
            }
            Optional<BoundPorts> ports = BoundPorts.read(home).filter(p -> p.pid() == process.pid());
            if (ports.isPresent() && answers(ports.get().receive())) {
                return ports.get().receive();
            }
        }
        throw new IOException(
                "the relay was not ready after " + START_PATIENCE.toSeconds() + " s; its last words:\n" + tail());
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            return socket.getInputStream().read() == '2';
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits that long; true when the process ended meanwhile. */
    boolean waitsFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /**
     * SIGTERM, and SIGKILL if that does not help.
     *
     * @return whether it ended by itself
     */
    boolean stop() throws InterruptedException {
        process.destroy();
        boolean ended = waitsFor(STOP_PATIENCE);
        kill();
        return ended;
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(console);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
