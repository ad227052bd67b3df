// SPDX-License-Identifier: Apache-2.0
package org.amrelay.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.Answer;
import org.amrelay.server.destination.DestinationBehaviour;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The drop-in archive, unpacked, relays in a stock James 3.8.1 with the libraries that James came with. */
@TestMethodOrder(OrderAnnotation.class)
class DropIntoStockJamesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final EmailAddress NOBODY = EmailAddress.of("nobody@relay.example");

    @TempDir
    static Path home;

    private static DestinationServer destination;
    private static StockJames james;

    @BeforeAll
    static void startBoth() throws IOException {
        Path checkout = checkout();
        if (StockJames.dropInArchive(checkout).isEmpty()
                || StockJames.libraries(checkout).isEmpty()) {
            String reason = "the drop-in archive and the stock James come with 'mvn verify', not with 'mvn test'";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(reason);
            }
            abort(reason);
        }
        destination = DestinationServer.start(
                DestinationSettings.plain().withBehaviour(new RefusesNobody()), Clock.systemUTC());
        james = StockJames.start(checkout, home, destination.port());
    }

    @AfterAll
    static void stopBoth() {
        if (james != null) {
            james.close();
        }
        if (destination != null) {
            destination.close();
        }
    }

    @Test
    @Order(1)
    void relaysAMessageByteForByte() throws Exception {
        assertThat(submit("alice@relay.example", "bob@relay.example", "Subject: hello", "", ".leading dot", "end"))
                .startsWith("250 ");
        ReceivedMessage message = awaitFor("bob@relay.example");
        assertThat(message.sender()).hasToString("alice@relay.example");
        assertThat(message.greeting()).isEqualTo("relay.example");
        assertThat(message.header("Subject")).contains("hello");
        assertThat(message.body()).isEqualTo(".leading dot\r\nend\r\n");
    }

    @Test
    @Order(2)
    void expandsAGroupIntoOneDelivery() throws Exception {
        assertThat(james.put("/address/groups/team@relay.example/carol@relay.example"))
                .isEqualTo(204);
        assertThat(james.put("/address/groups/team@relay.example/dave@relay.example"))
                .isEqualTo(204);
        submit("alice@relay.example", "team@relay.example", "Subject: all", "", "text");
        assertThat(awaitFor("carol@relay.example").recipients())
                .containsExactlyInAnyOrder(
                        EmailAddress.of("carol@relay.example"), EmailAddress.of("dave@relay.example"));
    }

    @Test
    @Order(3)
    void tellsTheSenderOfARefusalThroughTheSpoolOfJames() throws Exception {
        submit("erin@relay.example", NOBODY.toString(), "Subject: lost", "", "text");
        ReceivedMessage notice = awaitFor("erin@relay.example");
        assertThat(notice.sender().isNull()).isTrue();
        assertThat(notice.text()).contains("report-type=delivery-status", "nobody@relay.example", "5.1.1");
    }

    @Test
    @Order(4)
    void followsARouteOfItsFile() throws Exception {
        submit("alice@relay.example", "smart@relay.example", "Subject: routed", "", "text");
        assertThat(awaitFor("smart@relay.example").greeting()).isEqualTo("by-name.example");
    }

    @Test
    @Order(5)
    void readsBouncesToItsReturnPathsAndRefusesForgedOnes() throws Exception {
        List<String> secrets = Files.readAllLines(home.resolve("var/amr/bounce.secret"));
        ReturnPaths paths = new ReturnPaths("relay.example", secrets, Clock.systemUTC());
        String path = paths.sign(EmailAddress.of("grace@relay.example"), EmailAddress.of("heidi@far.example"))
                .toString();
        assertThat(submit("", path, "Subject: Undeliverable", "", "There is no such user here."))
                .startsWith("250 ");
        assertThat(awaitFor("grace@relay.example").sender().isNull()).isTrue();
        String forged = path.replace("grace", "ivan");
        assertThatThrownBy(() -> submit("", forged, "Subject: Undeliverable", "", "text"))
                .hasMessageContaining("550 5.7.1");
    }

    @Test
    @Order(6)
    void keepsTlsReports() throws Exception {
        submit(
                "reports@far.example",
                "tls-reports@localhost",
                "Content-Type: application/tlsrpt+json",
                "",
                "{\"organization-name\": \"Far\", \"report-id\": \"1\", \"contact-info\": \"x\",",
                " \"date-range\": {\"start-datetime\": \"2026-04-01T00:00:00Z\", \"end-datetime\": \"2026-04-01T23:59:59Z\"},",
                " \"policies\": [{\"policy\": {\"policy-type\": \"sts\", \"policy-domain\": \"relay.example\"},",
                " \"summary\": {\"total-successful-session-count\": 5, \"total-failure-session-count\": 0}}]}");
        Awaitility.await("the report is in the database")
                .atMost(SOON)
                .until(() -> james.log().contains("TLS report 1 of Far is kept"));
    }

    @Test
    @Order(7)
    void followsContentRulesForTheRecipientsWhomTheyAreAbout() throws Exception {
        submit("alice@relay.example", "tag@relay.example", "Subject: one", "", "text");
        assertThat(awaitFor("tag@relay.example").header("Subject")).contains("[TAG] one");
    }

    @Test
    @Order(8)
    void stopsWithJamesAndLosesNothingThatWaits() throws Exception {
        assertThat(james.stopped(Duration.ofSeconds(30))).isTrue();
        assertThat(james.log().lines().filter(line -> line.contains("ERROR"))).isEmpty();
        assertThat(home.resolve("var/amr")).isDirectoryRecursivelyContaining(file -> Files.isRegularFile(file));
    }

    private static ReceivedMessage awaitFor(String recipient) {
        Awaitility.await("mail for " + recipient)
                .atMost(SOON)
                .until(() -> !destination
                        .received()
                        .messagesFor(EmailAddress.of(recipient))
                        .isEmpty());
        List<ReceivedMessage> messages = destination.received().messagesFor(EmailAddress.of(recipient));
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static String submit(String from, String to, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", james.smtpPort())) {
            socket.setSoTimeout(20_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            say(socket, in, null);
            say(socket, in, "HELO client.example");
            say(socket, in, "MAIL FROM:<" + from + ">");
            say(socket, in, "RCPT TO:<" + to + ">");
            say(socket, in, "DATA");
            StringBuilder message = new StringBuilder();
            for (String line : lines) {
                message.append(line.startsWith(".") ? "." : "").append(line).append("\r\n");
            }
            return say(socket, in, message + ".");
        }
    }

    private static String say(Socket socket, BufferedReader in, String line) throws IOException {
        if (line != null) {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        String reply = in.readLine();
        assertThat(reply).as("answer to %s", line).matches("[23].*");
        return reply;
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(here.resolve("mail/pom.xml"))) {
            here = here.getParent();
        }
        return here;
    }

    private static final class RefusesNobody implements DestinationBehaviour {
        @Override
        public Answer onRecipient(EmailAddress recipient) {
            return recipient.equals(NOBODY) ? Answer.say("550 5.1.1 no such user") : Answer.accept();
        }
    }
}
