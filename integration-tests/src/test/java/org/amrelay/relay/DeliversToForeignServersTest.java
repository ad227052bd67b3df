// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers take our mail over TLS to the octet, and refuse whom they do not know. */
class DeliversToForeignServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EmailAddress BOB = EmailAddress.of("bob@there.example");
    private static final EmailAddress ALICE = EmailAddress.of("alice@here.example");
    private static final String HEADER = "From: alice@here.example\r\nTo: bob@there.example\r\nSubject: x\r\n"
            + "Date: Mon, 1 Jan 2029 10:00:00 +0000\r\nMessage-ID: <1@here.example>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    private static final String SMALL = "schöne grüße\r\n.\r\n..\r\n.end\r\n";
    private static final String LARGE = ".zeile mit umlauten: äöü ß, und noch einiges mehr\r\n".repeat(8_000);

    @TempDir
    private Path directory;

    @Test
    void postfix() throws Exception {
        try (DestinationServer behind = behind();
                PrivatePostfix postfix = PrivatePostfix.start(folder("postfix"), behind.port());
                RelayUnderTest relay = relayTo(postfix.port())) {
            assertThat(delivers(relay, behind)).startsWith("TLSv1.");
        }
    }

    @Test
    void exim() throws Exception {
        try (DestinationServer behind = behind();
                PrivateServer exim = PrivateServer.exim(folder("exim"), behind.port());
                RelayUnderTest relay = relayTo(exim.port())) {
            assertThat(delivers(relay, behind)).as(exim::log).startsWith("TLSv1.");
            // K: the message came by BDAT
            assertThat(exim.log()).contains(" K S=");
            PlainClient.submit(
                    relay.receivePort(),
                    "<" + ALICE + "> SMTPUTF8",
                    HEADER.replace("Subject: x", "Subject: grüße") + SMALL,
                    "jörg@there.example");
            await().atMost(PATIENCE).until(() -> exim.log().contains("P=utf8esmtps"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(stateOf(relay, "jörg@there.example")).isEqualTo("delivered"));
            assertThat(relay).accountsForEveryRecipient();
        }
    }

    @Test
    void openSmtpd() throws Exception {
        try (DestinationServer behind = behind();
                PrivateServer openSmtpd = PrivateServer.openSmtpd(folder("opensmtpd"), behind.port());
                RelayUnderTest relay = relayTo(openSmtpd.port())) {
            assertThat(delivers(relay, behind)).as(openSmtpd::log).startsWith("TLSv1.");
        }
    }

    /** What the ledger says of TLS. */
    private String delivers(RelayUnderTest relay, DestinationServer behind) throws Exception {
        String sender = "<" + ALICE + "> BODY=8BITMIME";
        PlainClient.submit(relay.receivePort(), sender, HEADER + SMALL, BOB.toString(), "stranger@there.example");
        PlainClient.submit(relay.receivePort(), sender, HEADER + LARGE, BOB.toString());
        await("Bob's messages and Alice's notice")
                .atMost(PATIENCE)
                .until(() -> behind.received().messagesFor(BOB).size() == 2
                        && !behind.received().messagesFor(ALICE).isEmpty());
        assertThat(behind.received().messagesFor(BOB))
                .extracting(message -> new String(message.content(), StandardCharsets.UTF_8))
                .anySatisfy(text -> assertThat(text).endsWith("\r\n\r\n" + SMALL))
                .anySatisfy(text -> assertThat(text).endsWith("\r\n\r\n" + LARGE));
        assertThat(behind.received().messagesFor(ALICE).get(0).body()).contains("stranger@there.example");
        JsonNode bob = recipient(relay, BOB.toString());
        assertThat(bob.path("state").asText()).isEqualTo("delivered");
        assertThat(relay).accountsForEveryRecipient();
        return bob.path("tls").asText();
    }

    private static String stateOf(RelayUnderTest relay, String address) throws Exception {
        return recipient(relay, address).path("state").asText();
    }

    private static JsonNode recipient(RelayUnderTest relay, String address) throws Exception {
        String json = relay.amr("trace", "--json", address).succeeds().out();
        for (JsonNode node : new ObjectMapper().readTree(json).findValues("recipients")) {
            for (JsonNode recipient : node) {
                if (recipient.path("address").asText().equals(address)) {
                    return recipient;
                }
            }
        }
        throw new AssertionError("the trace does not know " + address + ": " + json);
    }

    private static DestinationServer behind() throws Exception {
        return DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
    }

    private Path folder(String name) throws Exception {
        // Servers give up root and must still get there
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.createDirectories(directory.resolve(name));
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
