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
import java.util.List;
import java.util.stream.Stream;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What content-rules.yaml says is done, for those recipients whom it is about, and shows nobody what was found. */
class FollowsContentRulesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CARD = "4111111111111111";
    private static final String RULES = """
            rules:
              - name: programs
                when: {attachment: {trait: [executable]}}
                then: {reject: No programs}
              - name: cards
                mode: audit
                when: {text: {patterns: ["4[0-9]{15}"]}}
              - name: for-bob
                when: {recipient: [bob@ours.example]}
                then: {subject-tag: "[BOB]", copy: [archive@ours.example], add-header: {X-Class: bob}}
              - name: macros
                when: {attachment: {name: ["*.docm"]}}
                then: {replace-attachments: It was taken out}
              - name: waits
                when: {text: {words: [please hold]}}
                then: {hold: true, tell: [security@ours.example]}
            """;

    @TempDir
    private static Path directory;

    private static DestinationServer destination;
    private static RelayUnderTest relay;

    @BeforeAll
    static void start() throws IOException {
        destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
        relay = RelayUnderTest.in(directory)
                .domain("ours.example")
                .route("ours.example", destination.port())
                .file("conf/content-rules.yaml", RULES)
                .start();
    }

    @AfterAll
    static void stop() {
        relay.close();
        destination.close();
    }

    private static String send(String type, String body, String... recipients) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.open(relay.receivePort())) {
            smtp.say("MAIL FROM:<eve@far.example>");
            for (String recipient : recipients) {
                smtp.say("RCPT TO:<" + recipient + ">");
            }
            smtp.say("DATA");
            return smtp.say("From: eve@far.example\r\nTo: all@ours.example\r\nSubject: look\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: " + type + "\r\n\r\n" + body + "\r\n.");
        }
    }

    private static String file(String name, String content) {
        return "--b\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--b\r\nContent-Type: application/octet-stream; name="
                + name + "\r\n\r\n" + content + "\r\n--b--\r\n";
    }

    private static ReceivedMessage awaitFor(String recipient) {
        EmailAddress address = EmailAddress.of(recipient);
        await("mail for " + recipient)
                .atMost(PATIENCE)
                .until(() -> !destination.received().messagesFor(address).isEmpty());
        return destination.received().messagesFor(address).get(0);
    }

    @Test
    void recipientsForWhomARuleIsGetTheirOwnMailAndTheOthersTheirs() throws Exception {
        assertThat(send("text/plain", "hello", "ann@ours.example", "bob@ours.example", "cora@ours.example"))
                .startsWith("250 ");
        ReceivedMessage bob = awaitFor("bob@ours.example");
        assertThat(bob.header("Subject")).contains("[BOB] look");
        assertThat(bob.header("X-Class")).contains("bob");
        assertThat(awaitFor("archive@ours.example").header("Subject")).contains("[BOB] look");
        assertThat(awaitFor("ann@ours.example").header("Subject")).contains("look");
        assertThat(awaitFor("cora@ours.example").header("X-Class")).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(relay).accountsForEveryRecipient());
    }

    @Test
    void aRuleThatSaysRejectRefusesInSession() throws Exception {
        assertThat(send("multipart/mixed; boundary=b", file("a.exe", "MZ"), "dan@ours.example"))
                .startsWith("550 5.7.1 No programs");
    }

    @Test
    void anAttachmentIsTakenOutAndTheRestDelivered() throws Exception {
        assertThat(send("multipart/mixed; boundary=b", file("a.docm", "PK"), "emil@ours.example"))
                .startsWith("250 ");
        ReceivedMessage message = awaitFor("emil@ours.example");
        assertThat(message.body()).contains("see below").doesNotContain("a.docm", "PK");
    }

    @Test
    void mailThatWaitsIsKeptAndItsWatcherIsToldWithoutTheValue() throws Exception {
        assertThat(send("text/plain", "please hold " + CARD, "fay@ours.example"))
                .startsWith("250 ");
        ReceivedMessage told = awaitFor("security@ours.example");
        assertThat(told.sender().isNull()).isTrue();
        assertThat(told.body()).contains("waits in 1 at 0").doesNotContain(CARD);
        String trace = relay.amr("trace", "--json", "eve@far.example").out();
        assertThat(trace).contains("relay://var/mail/held", "cards (audit) in 1 at 12: ################");
        assertThat(destination.received().messagesFor(EmailAddress.of("fay@ours.example")))
                .isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(relay).accountsForEveryRecipient());
        assertThat(trace).doesNotContain(CARD);
        assertThat(filesWith(CARD)).isEmpty();
    }

    /** In the log and wherever else is written in the clear, except for the messages themselves. */
    private static List<Path> filesWith(String value) throws IOException {
        try (Stream<Path> files = Files.walk(relay.home().log())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, value))
                    .toList();
        }
    }

    private static boolean contains(Path file, String value) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(value);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
