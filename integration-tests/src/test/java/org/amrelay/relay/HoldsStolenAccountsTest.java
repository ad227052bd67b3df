// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.ContainmentSettings;
import org.amrelay.authentication.containment.Submission;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.Network;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who steals a password gets few messages out; the rest waits for a person, who lets it go or takes it back. */
class HoldsStolenAccountsTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String PASSWORD = "correct horse";
    private static final EmailAddress CHIEF = EmailAddress.of("chief@here.example");
    private static final List<String> VICTIMS = List.of("alice@here.example", "bob@here.example", "carol@here.example");
    private static final int STOLEN_MAILS = 110;
    /** So many go to one stranger each, as a thief does who is careful; the others to many. */
    private static final int CAREFUL_MAILS = 30;

    private static final int RECIPIENTS = 27;
    private static final int MOST_OUT = 20;

    @TempDir
    private static Path directory;

    private static DestinationServer destination;
    private static RelayUnderTest relay;

    @BeforeAll
    static void aRelayThatKnowsItsAccountsForAMonth() throws Exception {
        destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
        RelayUnderTest.Builder builder = RelayUnderTest.in(directory)
                .domain("here.example")
                .route("here.example", destination.port())
                .route("there.example", destination.port())
                .file("conf/accounts.yaml", "containment:\n  tell: " + CHIEF + "\n");
        VICTIMS.forEach(name -> builder.account(name, PASSWORD));
        relay = builder.start();
        relay.stop();
        rememberAMonth();
        relay.restart();
    }

    /** Twelve mails a day to twenty friends, from the office. */
    private static void rememberAMonth() {
        Instant now = Instant.now();
        Instant begin = now.minus(Duration.ofDays(31));
        try (RelayStorage storage = RelayStorage.openSqlite(relay.home().data(), Clock.systemUTC())) {
            AccountWatch watch = new AccountWatch(
                    ContainmentSettings.USUAL, storage.containment(), Clock.fixed(begin, ZoneOffset.UTC));
            for (String account : VICTIMS) {
                int mail = 0;
                for (Instant at = begin; at.isBefore(now.minus(Duration.ofHours(12))); at = at.plusSeconds(7200)) {
                    Submission usual = new Submission(
                            at,
                            Network.of("127.0.0.0/24"),
                            Optional.empty(),
                            List.of("friend" + mail % 20 + "@there.example"),
                            OptionalDouble.empty());
                    assertThat(watch.judge(account, account + mail, usual)).isEmpty();
                    mail++;
                }
            }
            watch.write();
        }
    }

    @AfterAll
    static void all() {
        relay.close();
        destination.close();
    }

    private static void send(SmtpDialogue smtp, String account, String subject, String... recipients)
            throws IOException {
        assertThat(smtp.say("MAIL FROM:<" + account + ">")).startsWith("250");
        for (String recipient : recipients) {
            assertThat(smtp.say("RCPT TO:<" + recipient + ">")).startsWith("250");
        }
        assertThat(smtp.data("From: " + account + "\r\nSubject: " + subject + "\r\n\r\nHello\r\n"))
                .startsWith("250");
    }

    private static void honestMail(String account, String recipient) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.login(relay.submissionsPort(), account, PASSWORD)) {
            send(smtp, account, "lunch", recipient);
        }
    }

    /** From a network that the account never used, to 2,190 strangers; all of it is accepted. */
    private static void hijack(String account, String name) throws IOException {
        InetAddress away = InetAddress.getByName("127.66.6.6");
        try (SmtpDialogue smtp = SmtpDialogue.login(relay.submissionsPort(), account, PASSWORD, away)) {
            for (int mail = 0; mail < STOLEN_MAILS; mail++) {
                String[] strangers = new String[mail < CAREFUL_MAILS ? 1 : RECIPIENTS];
                for (int i = 0; i < strangers.length; i++) {
                    strangers[i] = name + mail + "." + i + "@there.example";
                }
                send(smtp, account, "offer", strangers);
            }
        }
    }

    private static int out(String name) {
        return (int) destination.received().messages().stream()
                .filter(message -> message.recipients().get(0).localPart().startsWith(name))
                .count();
    }

    private static JsonNode json(String... words) throws IOException {
        return new ObjectMapper().readTree(relay.amr(words).succeeds().out());
    }

    private static Optional<JsonNode> contained(String account) throws IOException {
        for (JsonNode each : json("account", "contained", "--json")) {
            if (each.get("account").asText().equals(account)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static long held(String account) throws IOException {
        return contained(account).map(each -> each.get("held").asLong()).orElse(0L);
    }

    private static void everythingStolenIsOutOrHeld(String account, String name) {
        await().atMost(SOON).until(() -> out(name) + held(account) == STOLEN_MAILS);
        assertThat(out(name)).isBetween(1, MOST_OUT);
    }

    @Test
    void letsFewMessagesOutTellsSomebodyAndDrainsWhenReleased() throws Exception {
        String alice = VICTIMS.get(0);
        honestMail(alice, "friend1@there.example");
        hijack(alice, "ax");
        everythingStolenIsOutOrHeld(alice, "ax");

        JsonNode why = contained(alice).orElseThrow();
        assertThat(why.get("reason").asText()).contains("127.66.6.0/24 is new");
        assertThat(relay.amr("account", "contained").succeeds().out()).contains("127.66.6.0/24 is new");
        JsonNode waiting = json("queue", "list", "--account", alice, "--json", "--limit", "3");
        assertThat(waiting.get(0).get("held").asBoolean()).isTrue();
        assertThat(waiting.get(0).get("recipients").get(0).get("state").asText())
                .isEqualTo("held");
        assertThat(waiting.get(0).get("recipients").get(0).get("by").asText()).isEqualTo("containment");
        await().atMost(SOON)
                .until(() -> destination.received().messagesFor(CHIEF).stream()
                        .anyMatch(notice -> notice.body().contains("amr account recall " + alice)));
        assertThat(relay.amr("trace", why.get("mail").asText()).succeeds().out())
                .contains("contained")
                .contains("127.66.6.0/24 is new");

        assertThat(relay.amr("account", "release", alice).succeeds().out()).contains("may send again");
        await().atMost(SOON).until(() -> out("ax") == STOLEN_MAILS);
        assertThat(contained(alice)).isEmpty();
        assertThat(relay.amr("account", "release", alice).exitCode()).isEqualTo(1);
        assertThat(relay).accountsForEveryRecipient();
    }

    @Test
    void staysContainedOverACrashAndTakesBackWhatIsQueued() throws Exception {
        String bob = VICTIMS.get(1);
        hijack(bob, "bx");
        everythingStolenIsOutOrHeld(bob, "bx");
        int out = out("bx");

        relay.kill();
        assertThat(held(bob)).isEqualTo(STOLEN_MAILS - out);
        relay.restart();
        honestMail(bob, "bx-later@there.example");
        await().atMost(SOON).until(() -> held(bob) == STOLEN_MAILS - out + 1);

        RelayUnderTest.Answer counts = relay.amr("account", "recall", bob);
        assertThat(counts.exitCode()).isEqualTo(1);
        assertThat(counts.out())
                .contains("would touch " + (STOLEN_MAILS - out + 1) + " deliveries")
                .contains("add --yes");
        assertThat(held(bob)).isEqualTo(STOLEN_MAILS - out + 1);
        assertThat(relay.amr("account", "recall", bob, "--yes").succeeds().out())
                .contains((STOLEN_MAILS - out + 1) + " deliveries of " + bob + " are cancelled");
        assertThat(held(bob)).isZero();
        assertThat(relay.amr("account", "release", bob).exitCode()).isZero();

        honestMail(bob, "friend2@there.example");
        await().atMost(SOON)
                .until(() -> destination.received().messagesFor(EmailAddress.of("friend2@there.example")).stream()
                        .anyMatch(message -> message.sender().toString().equals(bob)));
        assertThat(out("bx")).isEqualTo(out);
        assertThat(relay).accountsForEveryRecipient();
    }

    @Test
    void obeysAnOrderAndExplainsIt() throws Exception {
        String carol = VICTIMS.get(2);
        relay.amr("account", "contain", carol).succeeds();
        assertThat(relay.amr("account", "contain", carol).exitCode()).isEqualTo(1);
        assertThat(relay.amr("account", "contain", "nonsense").exitCode()).isEqualTo(2);

        Path message = directory.resolve("message.eml");
        Files.writeString(message, "From: " + carol + "\r\nSubject: lunch\r\n\r\nHello\r\n");
        String[] explain = {
            "explain",
            "--json",
            message.toString(),
            "--from",
            carol,
            "--rcpt",
            "friend1@there.example",
            "--ip",
            "127.0.0.1",
            "--helo",
            "client.example",
            "--auth",
            carol
        };
        assertThat(json(explain).get("disposition").asText()).isEqualTo("hold");
        assertThat(json(explain).get("recipients").get(0).get("disposition").asText())
                .isEqualTo("hold");

        honestMail(carol, "cx@there.example");
        await().atMost(SOON).until(() -> held(carol) == 1);
        relay.amr("account", "release", carol).succeeds();
        await().atMost(SOON).until(() -> out("cx") == 1);
        assertThat(json(explain).get("disposition").asText()).isEqualTo("relay");
        assertThat(relay).accountsForEveryRecipient();
    }
}
