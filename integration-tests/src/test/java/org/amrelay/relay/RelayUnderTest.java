// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.amrelay.server.cli.Amr;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeCreator;
import picocli.CommandLine;

/**
 * The relay as it is shipped, in a process and a home of its own, on free ports of 127.0.0.1.
 *
 * <p>Its configuration is the shipped one; what a test needs besides are environment variables and routes.
 */
final class RelayUnderTest implements Closeable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Home home;
    private final Map<String, String> environment;
    private Optional<Process> process = Optional.empty();

    private RelayUnderTest(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    static Builder in(Path directory) {
        return new Builder(new Home(directory));
    }

    /** What an operator would do before the first start. */
    static final class Builder {
        private final Home home;
        private final Map<String, String> environment = new HashMap<>(Map.of(
                "AMR_HOSTNAME", "localhost",
                "AMR_LISTEN_MAIL", "127.0.0.1",
                "AMR_PORT_RECEIVE", "0",
                "AMR_PORT_SUBMISSION", "0",
                "AMR_PORT_SUBMISSIONS", "0",
                "AMR_PORT_ADMIN", "0"));
        private final Map<String, Integer> routes = new LinkedHashMap<>();
        private final Map<String, String> files = new LinkedHashMap<>();
        private final List<String> domains = new ArrayList<>();
        private final Map<String, String> accounts = new LinkedHashMap<>();

        private Builder(Home home) {
            this.home = home;
        }

        Builder domain(String domain) {
            domains.add(domain);
            return this;
        }

        Builder account(String address, String password) {
            accounts.put(address, password);
            return this;
        }

        /** Sends a domain's mail to a port of 127.0.0.1. */
        Builder route(String domain, int port) {
            routes.put(domain, port);
            return this;
        }

        /** Writes a file of the home, in place of the shipped one. */
        Builder file(String path, String content) {
            files.put(path, content);
            return this;
        }

        Builder with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        RelayUnderTest start() throws IOException {
            var unused = new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, environment);
            StringBuilder lines = new StringBuilder(routes.isEmpty() ? "" : "\nroutes:\n");
            routes.forEach((domain, port) -> lines.append("  ")
                    .append(domain)
                    .append(": 127.0.0.1:")
                    .append(port)
                    .append("\n"));
            Files.writeString(home.conf().resolve("relay.yaml"), lines, StandardOpenOption.APPEND);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = home.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            RelayUnderTest relay = new RelayUnderTest(home, environment);
            for (String domain : domains) {
                relay.amr("domain", "add", domain).succeeds();
            }
            for (Map.Entry<String, String> account : accounts.entrySet()) {
                Path password = Files.writeString(home.run().resolve("password"), account.getValue() + "\n");
                relay.amr("account", "add", account.getKey(), "--password-file", password.toString())
                        .succeeds();
            }
            relay.restart();
            return relay;
        }
    }

    /** Starts it, again if it was stopped or killed, and waits until it answers. */
    void restart() throws IOException {
        Path console = home.log().resolve("console.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Amr.class.getName(),
                        "run",
                        "--home",
                        home.directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = Optional.of(started);
        await("the relay's answer; its words are in " + console)
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(started.isAlive())
                            .as(() -> "the relay ended; it said: " + said(console))
                            .isTrue();
                    return ports().filter(p -> p.pid() == started.pid())
                            .filter(p -> answers(p.receive()))
                            .isPresent();
                });
    }

    private static String said(Path console) {
        try {
            return Files.readString(console);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            return socket.getInputStream().read() == '2';
        } catch (IOException notYet) {
            return false;
        }
    }

    private Optional<BoundPorts> ports() {
        return BoundPorts.read(home);
    }

    BoundPorts listening() {
        return ports().orElseThrow();
    }

    int receivePort() {
        return listening().receive();
    }

    int submissionPort() {
        return listening().submission();
    }

    int submissionsPort() {
        return listening().submissions();
    }

    Path certificate() {
        return home.selfSignedCertificate();
    }

    Home home() {
        return home;
    }

    long pid() {
        return process.orElseThrow().pid();
    }

    /** Runs a command of the relay's, on this relay's home. */
    Answer amr(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--home", home.directory().toString()));
        CommandLine line = Amr.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Answer(line.execute(arguments.toArray(String[]::new)), out.toString(), err.toString());
    }

    /** What a command said. */
    record Answer(int exitCode, String out, String err) {
        Answer succeeds() {
            assertThat(exitCode).as(out + err).isZero();
            return this;
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    /** SIGTERM; fails when it does not stop in time. */
    void stop() throws InterruptedException {
        Process running = process.orElseThrow();
        running.destroy();
        assertThat(running.waitFor(STOP.toSeconds(), TimeUnit.SECONDS))
                .as("the relay stops within " + STOP)
                .isTrue();
    }

    @Override
    public void close() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().orTimeout(STOP.toSeconds(), TimeUnit.SECONDS).join();
        });
    }
}
