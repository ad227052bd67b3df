// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Postfix as the next hop, and Postfix's own load generator in front. */
class DeliversToPostfixTest {
    private static final int MESSAGES = 300;
    private static final EmailAddress BOB = EmailAddress.of("bob@there.example");
    private static final EmailAddress ALICE = EmailAddress.of("alice@here.example");

    @TempDir
    private Path directory;

    @Test
    void postfixTakesAMessageAndRefusesAStranger() throws Exception {
        String swaks = Programs.need("swaks");
        try (DestinationServer behind = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                PrivatePostfix postfix = PrivatePostfix.start(directory, behind.port());
                RelayUnderTest relay = relayTo(postfix.port())) {
            Programs.run(
                    directory,
                    Map.of(),
                    List.of(
                            swaks,
                            "--server=127.0.0.1",
                            "--port=" + relay.receivePort(),
                            "--from=" + ALICE,
                            "--to=" + BOB + ",stranger@there.example",
                            "--body=through two relays"));
            await("Bob's message and Alice's notice behind Postfix; its log: " + postfix.log())
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !behind.received().messagesFor(BOB).isEmpty()
                            && !behind.received().messagesFor(ALICE).isEmpty());
            assertThat(behind.received().messagesFor(BOB).get(0).body()).startsWith("through two relays");
            assertThat(behind.received().messagesFor(ALICE).get(0).body())
                    .contains("Final-Recipient: rfc822;")
                    .contains("stranger@there.example");
            assertThat(relay).accountsForEveryRecipient();
        }
    }

    @Test
    void smtpSourcesLoadArrivesCompletely() throws Exception {
        String source = Programs.need("smtp-source");
        try (DestinationServer behind = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                RelayUnderTest relay = relayTo(behind.port())) {
            Programs.run(
                    directory,
                    Map.of(),
                    List.of(
                            source,
                            "-s",
                            "10",
                            "-m",
                            Integer.toString(MESSAGES),
                            "-l",
                            "10240",
                            "-f",
                            ALICE.toString(),
                            "-t",
                            BOB.toString(),
                            "127.0.0.1:" + relay.receivePort()));
            await().atMost(Duration.ofSeconds(60)).until(() -> behind.received().count() >= MESSAGES);
            assertThat(behind.received().copiesFor(BOB)).hasSize(MESSAGES);
            assertThat(relay).accountsForEveryRecipient();
        }
    }

    private RelayUnderTest relayTo(int port) throws Exception {
        return RelayUnderTest.in(directory.resolve("home"))
                .domain("here.example")
                .domain("there.example")
                .route("here.example", port)
                .route("there.example", port)
                .start();
    }
}
