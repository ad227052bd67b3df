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
import org.amrelay.server.destination.Answer;
import org.amrelay.server.destination.DestinationBehaviour;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipient that the next hop refuses costs the sender a notice, and the others nothing. */
class SendsNoticesTest {
    private static final EmailAddress NOBODY = EmailAddress.of("nobody@there.example");
    private static final EmailAddress BOB = EmailAddress.of("bob@there.example");
    private static final EmailAddress ALICE = EmailAddress.of("alice@here.example");

    @TempDir
    private Path directory;

    @Test
    void tellsTheSenderWhoWasRefusedAndWhy() throws Exception {
        DestinationBehaviour refuses = new DestinationBehaviour() {
            @Override
            public Answer onRecipient(EmailAddress recipient) {
                return recipient.equals(NOBODY) ? Answer.say("550 5.1.1 no such user here") : Answer.accept();
            }
        };
        try (DestinationServer destination =
                        DestinationServer.start(DestinationSettings.plain().withBehaviour(refuses), Clock.systemUTC());
                RelayUnderTest relay = RelayUnderTest.in(directory)
                        .domain("here.example")
                        .domain("there.example")
                        .route("here.example", destination.port())
                        .route("there.example", destination.port())
                        .start()) {
            Programs.run(
                    directory,
                    Map.of(),
                    List.of(
                            Programs.need("swaks"),
                            "--server=127.0.0.1",
                            "--port=" + relay.receivePort(),
                            "--from=" + ALICE,
                            "--to=" + BOB + "," + NOBODY,
                            "--header=X-Mark: 4711"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !destination.received().messagesFor(ALICE).isEmpty()
                            && !destination.received().messagesFor(BOB).isEmpty());
            ReceivedMessage notice = destination.received().messagesFor(ALICE).get(0);
            assertThat(notice.sender().isNull()).isTrue();
            assertThat(notice.header("Content-Type").orElse("")).contains("report-type=delivery-status");
            assertThat(notice.body())
                    .contains("Final-Recipient: rfc822;")
                    .contains("Status: 5.1.1")
                    .contains("no such user here")
                    .contains("X-Mark: 4711");
            assertThat(destination.received().copiesFor(BOB)).hasSize(1);
            assertThat(relay).accountsForEveryRecipient();
        }
    }
}
