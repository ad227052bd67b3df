// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.Answer;
import org.amrelay.server.destination.DestinationBehaviour;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After one definite answer nothing more is taken for an address; the sender is told at once, not by a bounce. */
class SuppressesDeadAddressesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ALICE = "alice@here.example";
    private static final String NEWS = "news@here.example";
    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path directory;

    private static DestinationServer destination;
    private static RelayUnderTest relay;

    @BeforeAll
    static void aRelayAndAServerThatKnowsFewPeople() throws Exception {
        DestinationBehaviour picky = new DestinationBehaviour() {
            @Override
            public Answer onRecipient(EmailAddress recipient) {
                if (recipient.localPart().startsWith("dead")) {
                    return Answer.say("550 5.1.1 no such user here");
                }
                return recipient.localPart().startsWith("blocked")
                        ? Answer.say("550 5.7.1 your address is listed at zen.spamhaus.org")
                        : Answer.accept();
            }
        };
        destination = DestinationServer.start(DestinationSettings.plain().withBehaviour(picky), Clock.systemUTC());
        relay = RelayUnderTest.in(directory)
                .domain("here.example")
                .account(ALICE, PASSWORD)
                .account("eve@here.example", PASSWORD)
                .account(NEWS, PASSWORD)
                .route("here.example", destination.port())
                .route("there.example", destination.port())
                .with("AMR_SIGNED_ACCOUNTS", ALICE + ", " + NEWS)
                .with("AMR_PATHS_PER_RECIPIENT", NEWS)
                .with("AMR_COMPLAINT_ADDRESSES", "fbl@here.example")
                .start();
    }

    @AfterAll
    static void all() {
        relay.close();
        destination.close();
    }

    private static SmtpDialogue submission(String account) throws IOException {
        return SmtpDialogue.login(relay.submissionsPort(), account, PASSWORD);
    }

    private static void send(String account, String recipient) throws IOException {
        try (SmtpDialogue smtp = submission(account)) {
            assertThat(smtp.say("MAIL FROM:<" + account + ">")).startsWith("250");
            assertThat(smtp.say("RCPT TO:<" + recipient + ">")).startsWith("250");
            assertThat(smtp.data("Subject: test\r\nMessage-ID: <1@here.example>\r\n\r\nHello\r\n"))
                    .startsWith("250");
        }
    }

    private static String listed() {
        return relay.amr("suppress", "list", "--json").succeeds().out();
    }

    private static String answerTo(String account, String recipient) throws IOException {
        try (SmtpDialogue smtp = submission(account)) {
            assertThat(smtp.say("MAIL FROM:<" + account + ">")).startsWith("250");
            return smtp.say("RCPT TO:<" + recipient + ">");
        }
    }

    @Test
    void refusesTheSecondMailToAnAddressThatDoesNotExist() throws Exception {
        send(ALICE, "dead@there.example");
        await().atMost(SOON).until(() -> listed().contains("dead@there.example"));
        assertThat(listed()).contains("no-such-user").contains(ALICE).contains("no such user here");
        assertThat(answerTo(ALICE, "Dead@there.example"))
                .startsWith("550 5.7.1")
                .contains("suppression list")
                .contains("no such user");
        assertThat(answerTo("eve@here.example", "dead@there.example")).startsWith("250");
        relay.amr("suppress", "remove", "dead@there.example", "--account", ALICE)
                .succeeds();
        assertThat(answerTo(ALICE, "dead@there.example")).startsWith("250");
        assertThat(relay).accountsForEveryRecipient();
    }

    @Test
    void doesNotBlameTheAddressForOurReputation() throws Exception {
        send(ALICE, "blocked@there.example");
        await().atMost(SOON)
                .until(() -> destination.received().messagesFor(EmailAddress.of(ALICE)).stream()
                        .anyMatch(notice -> notice.body().contains("zen.spamhaus.org")));
        assertThat(listed()).doesNotContain("blocked@there.example");
        assertThat(answerTo(ALICE, "blocked@there.example")).startsWith("250");
    }

    @Test
    void takesTheBouncesOfTaggedReturnPathsAndRefusesForgedOnes() throws Exception {
        send(ALICE, "bob@there.example");
        EmailAddress bob = EmailAddress.of("bob@there.example");
        await().atMost(SOON)
                .until(() -> !destination.received().messagesFor(bob).isEmpty());
        String tagged = destination.received().messagesFor(bob).get(0).sender().toString();
        assertThat(tagged).startsWith("prvs=").endsWith("=" + ALICE);

        try (SmtpDialogue mx = SmtpDialogue.open(relay.receivePort())) {
            assertThat(mx.say("MAIL FROM:<>")).startsWith("250");
            String forged = tagged.replace("=" + ALICE, "=eve@here.example");
            assertThat(mx.say("RCPT TO:<" + forged + ">")).startsWith("550 5.7.1");
            assertThat(mx.say("RCPT TO:<" + ALICE + ">"))
                    .startsWith("550 5.7.1")
                    .contains("no mail that was sent");
            assertThat(mx.say("RCPT TO:<" + tagged + ">")).startsWith("250");
            assertThat(mx.data(bounceOf("bob@there.example"))).startsWith("250");
        }
        await().atMost(SOON).until(() -> listed().contains("bob@there.example"));
        await().atMost(SOON)
                .until(() -> destination.received().messagesFor(EmailAddress.of(ALICE)).stream()
                        .anyMatch(notice -> notice.body().contains("User unknown in this far place")));
        assertThat(relay.amr("trace", "bob@there.example").succeeds().out())
                .contains("bounce")
                .contains("User unknown in this far place");
        assertThat(answerTo(ALICE, "bob@there.example")).startsWith("550 5.7.1");
    }

    @Test
    void aBounceThatNamesNobodyConcernsTheRecipientOfItsReturnPath() throws Exception {
        EmailAddress dora = EmailAddress.of("dora@there.example");
        EmailAddress emil = EmailAddress.of("emil@there.example");
        try (SmtpDialogue smtp = submission(NEWS)) {
            assertThat(smtp.say("MAIL FROM:<" + NEWS + ">")).startsWith("250");
            assertThat(smtp.say("RCPT TO:<" + dora + ">")).startsWith("250");
            assertThat(smtp.say("RCPT TO:<" + emil + ">")).startsWith("250");
            assertThat(smtp.data("Subject: news\r\n\r\nHello\r\n")).startsWith("250");
        }
        await().atMost(SOON)
                .until(() -> !destination.received().messagesFor(dora).isEmpty()
                        && !destination.received().messagesFor(emil).isEmpty());
        ReceivedMessage toDora = destination.received().messagesFor(dora).get(0);
        ReceivedMessage toEmil = destination.received().messagesFor(emil).get(0);
        assertThat(toDora.recipients()).containsExactly(dora);
        assertThat(toDora.sender()).isNotEqualTo(toEmil.sender());

        try (SmtpDialogue mx = SmtpDialogue.open(relay.receivePort())) {
            assertThat(mx.say("MAIL FROM:<>")).startsWith("250");
            assertThat(mx.say("RCPT TO:<" + toDora.sender() + ">")).startsWith("250");
            assertThat(mx.data("From: MAILER-DAEMON@far.example\r\nSubject: Undeliverable mail\r\n\r\n"
                            + "Dora is gone: there is no such user here any more.\r\n"))
                    .startsWith("250");
            assertThat(mx.say("MAIL FROM:<>")).startsWith("250");
            assertThat(mx.say("RCPT TO:<" + toEmil.sender() + ">")).startsWith("250");
            // Emil's server cannot speak for somebody else
            assertThat(mx.data(bounceOf("frida@there.example"))).startsWith("250");
        }
        await().atMost(SOON).until(() -> listed().contains(dora.toString()));
        await().atMost(SOON)
                .until(() ->
                        relay.amr("trace", emil.toString()).succeeds().out().contains("in this far place"));
        assertThat(listed()).doesNotContain("frida").doesNotContain("emil");
        assertThat(answerTo(NEWS, dora.toString())).startsWith("550 5.7.1");
        assertThat(relay).accountsForEveryRecipient();
    }

    private static String bounceOf(String recipient) {
        return """
                From: MAILER-DAEMON@far.example
                Subject: Undelivered Mail Returned to Sender
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Your message could not be delivered.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; far.example

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 User unknown in this far place

                --b--
                """.formatted(recipient).replace("\n", "\r\n");
    }

    @Test
    void aComplaintSuppressesForTheAccountThatSent() throws Exception {
        send(ALICE, "carl@there.example");
        EmailAddress carl = EmailAddress.of("carl@there.example");
        await().atMost(SOON)
                .until(() -> !destination.received().messagesFor(carl).isEmpty());
        try (SmtpDialogue mx = SmtpDialogue.open(relay.receivePort())) {
            assertThat(mx.say("MAIL FROM:<feedback@far.example>")).startsWith("250");
            assertThat(mx.say("RCPT TO:<fbl@here.example>")).startsWith("250");
            assertThat(mx.data("""
                    From: feedback@far.example
                    Content-Type: multipart/report; report-type=feedback-report; boundary=b

                    --b
                    Content-Type: message/feedback-report

                    Feedback-Type: abuse
                    Original-Rcpt-To: carl@there.example

                    --b
                    Content-Type: message/rfc822

                    From: alice@here.example
                    To: carl@there.example

                    --b--
                    """.replace("\n", "\r\n"))).startsWith("250");
        }
        await().atMost(SOON).until(() -> listed().contains("carl@there.example"));
        assertThat(answerTo(ALICE, "carl@there.example"))
                .startsWith("550 5.7.1")
                .contains("complained");
    }

    @Test
    void anOperatorImportsExportsAndRefusesForAll() throws Exception {
        Path csv = directory.resolve("list.csv");
        Files.writeString(
                csv,
                "address,reason,source\n\"quoted@there.example\",manual,\"old, very old list\"\nplain@there.example,,\n",
                StandardCharsets.UTF_8);
        assertThat(relay.amr("suppress", "import", csv.toString()).succeeds().out())
                .contains("2 read, 2 of them new");
        assertThat(answerTo("eve@here.example", "quoted@there.example")).startsWith("550 5.7.1");
        Path lines = directory.resolve("list.jsonl");
        Files.writeString(
                lines, relay.amr("suppress", "export", "--json").succeeds().out(), StandardCharsets.UTF_8);
        assertThat(relay.amr("suppress", "export").succeeds().out())
                .startsWith("address,account,reason,source,since,until")
                .contains("quoted@there.example,,manual,\"old, very old list\",");
        relay.amr("suppress", "remove", "quoted@there.example").succeeds();
        assertThat(relay.amr("suppress", "remove", "quoted@there.example").exitCode())
                .isEqualTo(1);
        assertThat(relay.amr("suppress", "import", lines.toString()).succeeds().out())
                .contains("1 of them new");
        assertThat(relay.amr("suppress", "add", "nonsense").exitCode()).isEqualTo(2);
        try (SmtpDialogue mx = SmtpDialogue.open(relay.receivePort())) {
            assertThat(mx.say("MAIL FROM:<x@far.example>")).startsWith("250");
            assertThat(mx.say("RCPT TO:<stranger@there.example>")).startsWith("550 5.7.1");
        }
    }
}
