// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail of an account gets the text of its domain, and the archive a report with everybody who got it. */
class AddsDisclaimersAndJournalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ANN = "ann@ours.example";
    private static final String PASSWORD = "correct horse battery";
    private static final String TEXT = "Ours Ltd, registered in Nowhere";

    @TempDir
    private Path directory;

    private static ReceivedMessage awaitFor(DestinationServer destination, String recipient) {
        EmailAddress address = EmailAddress.of(recipient);
        await("mail for " + recipient)
                .atMost(PATIENCE)
                .until(() -> !destination.received().messagesFor(address).isEmpty());
        return destination.received().messagesFor(address).get(0);
    }

    @Test
    void theLetterHasTheTextAndTheReportTheLetter() throws Exception {
        String shipped = Files.readString(ReadmeCommandsTest.ROOT.resolve("conf/mailetcontainer.xml"));
        String processor = "<processor state=\"delivery\">";
        assertThat(shipped).contains(processor);
        String journal = "<mailet match=\"All\" class=\"org.amrelay.mailets.Journal\">"
                + "<to>journal@archive.example</to></mailet>";
        try (DestinationServer destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                RelayUnderTest relay = RelayUnderTest.in(directory)
                        .domain("ours.example")
                        .account(ANN, PASSWORD)
                        .route("far.example", destination.port())
                        .route("archive.example", destination.port())
                        .file("conf/mailetcontainer.xml", shipped.replace(processor, processor + journal))
                        .file("conf/disclaimers/ours.example.txt", TEXT + "\n")
                        .start()) {
            try (SmtpDialogue smtp = SmtpDialogue.login(relay.submissionsPort(), ANN, PASSWORD)) {
                smtp.say("MAIL FROM:<" + ANN + ">");
                smtp.say("RCPT TO:<bob@far.example>");
                smtp.say("RCPT TO:<hidden@far.example>");
                assertThat(smtp.data("From: " + ANN + "\r\nTo: bob@far.example\r\nSubject: one\r\n\r\nletter\r\n"))
                        .startsWith("250 ");
            }
            assertThat(awaitFor(destination, "bob@far.example").body()).contains("letter\r\n\r\n" + TEXT);
            ReceivedMessage report = awaitFor(destination, "journal@archive.example");
            assertThat(report.sender().isNull()).isTrue();
            assertThat(report.body())
                    .contains("Sender: " + ANN, "Subject: one", "To: bob@far.example", "Bcc: hidden@far.example")
                    .contains("\r\n\r\nletter\r\n");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(relay).accountsForEveryRecipient());
            assertThat(destination.received().messagesFor(EmailAddress.of("journal@archive.example")))
                    .hasSize(1);
        }
    }
}
