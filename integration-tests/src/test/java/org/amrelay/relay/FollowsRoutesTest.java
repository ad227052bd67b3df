// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code conf/routes.yaml} says happens: fail-over, shares, discard, reject, and changes for mail that waits. */
class FollowsRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ALICE = "alice@here.example";
    private static final int SHARED = 60;

    @TempDir
    private Path directory;

    private static String routes(int first, int second, String waiting) {
        return String.join(
                "\n",
                "routes:",
                "  - name: failover",
                "    when: {recipients: over.example}",
                "    to: smarthosts",
                "    hosts: ['127.0.0.1:1', '127.0.0.1:" + first + "']",
                "  - name: shared",
                "    when: {recipients: shared.example, headers: {X-Class: '*bulk*'}}",
                "    to: smarthosts",
                "    share: by-weight",
                "    hosts:",
                "      - {host: 127.0.0.1, port: " + first + ", weight: 3}",
                "      - {host: 127.0.0.1, port: " + second + "}",
                "  - name: tests",
                "    when: {recipients: nowhere.example}",
                "    to: discard",
                "  - name: rivals",
                "    when: {recipients: never.example}",
                "    to: reject",
                "    reply: 550 5.7.9 We do not write to them",
                "  - name: waiting",
                "    when: {recipients: late.example}",
                "    to: smarthosts",
                "    hosts: '" + waiting + "'",
                "");
    }

    @Test
    void deliversDiscardsAndRejectsAsTheFileSays() throws Exception {
        try (DestinationServer first = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                DestinationServer second = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                RelayUnderTest relay = RelayUnderTest.in(directory)
                        .domain("here.example")
                        .domain("over.example")
                        .domain("shared.example")
                        .domain("nowhere.example")
                        .domain("never.example")
                        .domain("late.example")
                        .route("here.example", second.port())
                        .file("conf/routes.yaml", routes(first.port(), second.port(), "127.0.0.1:1"))
                        .start()) {
            try (Client client = new Client(relay.receivePort())) {
                client.send("hi", "bob@over.example", "x@nowhere.example", "ceo@never.example", "eve@here.example");
                for (int i = 0; i < SHARED; i++) {
                    client.send("Bulk mail", "u" + i + "@shared.example");
                }
                client.send("hi", "dan@late.example");
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(copies(first, "shared.example") + copies(second, "shared.example"))
                            .isEqualTo(SHARED));
            // 45 expected, five standard deviations are 17
            assertThat(copies(first, "shared.example")).isBetween(28L, 59L);
            await().atMost(SOON).until(() -> copies(first, "over.example") == 1);
            await().atMost(SOON)
                    .until(() -> !messages(second, "eve@here.example").isEmpty());
            await().atMost(SOON).until(() -> !messages(second, ALICE).isEmpty());
            ReceivedMessage notice = messages(second, ALICE).get(0);
            assertThat(notice.sender().isNull()).isTrue();
            assertThat(notice.body())
                    .contains("ceo@never.example", "Status: 5.7.9", "We do not write to them")
                    .doesNotContain("x@nowhere.example");
            assertThat(trace(relay, "x@nowhere.example")).contains("discarded", "route tests: discarded by a rule");
            assertThat(trace(relay, "ceo@never.example")).contains("bounced", "route rivals: 550 5.7.9 We do not");
            assertThat(relay.amr("queue", "list", "--json").succeeds().out()).contains("route:waiting");

            // Read again while it runs, and now with a condition on the port that mail came in on
            Files.writeString(
                    relay.home().conf().resolve("routes.yaml"),
                    routes(first.port(), second.port(), "127.0.0.1:1")
                            + "  - {name: by-port, to: smarthosts, hosts: '127.0.0.1:" + first.port()
                            + "', when: {ports: "
                            + relay.receivePort() + ", recipients: here.example}}\n");
            try (Client client = new Client(relay.receivePort())) {
                await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
                    client.send("hi", "eve@here.example");
                    return copies(first, "here.example") > 0;
                });
            }

            // The host of the waiting mail's route is put right: the mail follows when it is tried again. The restart
            // only
            // saves the test the half minute that the lane of an unreachable host rests
            relay.stop();
            Files.writeString(
                    relay.home().conf().resolve("routes.yaml"),
                    routes(first.port(), second.port(), "127.0.0.1:" + second.port()));
            relay.restart();
            relay.amr("queue", "retry", "--recipient", "dan@late.example", "--yes")
                    .succeeds();
            await().atMost(SOON).until(() -> copies(second, "late.example") == 1);
            assertThat(relay).accountsForEveryRecipient();
        }
    }

    private static String trace(RelayUnderTest relay, String recipient) {
        return relay.amr("trace", recipient, "--json").succeeds().out();
    }

    private static List<ReceivedMessage> messages(DestinationServer destination, String recipient) {
        return destination.received().messagesFor(EmailAddress.of(recipient));
    }

    private static long copies(DestinationServer destination, String domain) {
        return destination.received().copies().entrySet().stream()
                .filter(entry -> entry.getKey().domain().equals(domain))
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
    }

    /** A client that sends one message after the other. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            assertThat(in.readLine()).startsWith("220");
            say("HELO client.example");
        }

        void send(String xClass, String... recipients) throws IOException {
            say("MAIL FROM:<" + ALICE + ">");
            for (String recipient : recipients) {
                say("RCPT TO:<" + recipient + ">");
            }
            say("DATA");
            say("Subject: test\r\nFrom: " + ALICE + "\r\nX-Class: " + xClass + "\r\n\r\ntext\r\n.");
        }

        private void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
            assertThat(in.readLine()).as("answer to %s", line).matches("[23].*");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
