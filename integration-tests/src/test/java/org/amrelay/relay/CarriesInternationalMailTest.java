// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.amrelay.delivery.client.ReceivedMessage;
import org.amrelay.delivery.client.ScriptedDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses and header in UTF-8 go through spool, processing, delivery and ledger as they came (RFC 6531). */
class CarriesInternationalMailTest {
    private static final String SENDER = "\u7528\u6237@\u4f8b\u3048.example";
    private static final String JOERG = "j\u00f6rg@b\u00fccher.example";
    private static final String MESSAGE =
            "Subject: gr\u00fc\u00dfe an " + JOERG + "\r\n\r\nsch\u00f6ne gr\u00fc\u00dfe\r\n.\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void toAServerThatKnowsThemAndToOneThatDoesNot() throws Exception {
        try (ScriptedDestination able = ScriptedDestination.start();
                ScriptedDestination unable = ScriptedDestination.start();
                RelayUnderTest relay = RelayUnderTest.in(directory)
                        .domain("b\u00fccher.example")
                        .domain("old.example")
                        .route("b\u00fccher.example", able.port())
                        .route("old.example", unable.port())
                        .route("xn--r8jz45g.example", able.port())
                        .start()) {
            able.alsoOffers("SMTPUTF8").alsoOffers("CHUNKING");
            PlainClient.submit(
                    relay.receivePort(),
                    "<" + SENDER + "> SMTPUTF8 BODY=8BITMIME",
                    MESSAGE,
                    JOERG,
                    "J\u00d6RG@old.example",
                    "bob@old.example");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(able.messages()).hasSize(2));
            ReceivedMessage there = able.messages().stream()
                    .filter(message -> !message.mail().startsWith("MAIL FROM:<>"))
                    .findFirst()
                    .orElseThrow();
            assertThat(there.mail()).startsWith("MAIL FROM:<" + SENDER + "> ").endsWith(" SMTPUTF8");
            assertThat(there.rcpts()).containsExactly("RCPT TO:<" + JOERG + ">");
            assertThat(there.text()).contains(" with UTF8SMTP id ").endsWith(MESSAGE);
            ReceivedMessage notice = able.messages().stream()
                    .filter(message -> message.mail().startsWith("MAIL FROM:<>"))
                    .findFirst()
                    .orElseThrow();
            assertThat(notice.rcpts()).containsExactly("RCPT TO:<" + SENDER + ">");
            assertThat(notice.text()).contains("Status: 5.6.7");
            assertThat(unable.messages()).isEmpty();

            String mail = relay.amr("trace", "--json", JOERG).succeeds().out();
            assertThat(mail).contains(JOERG, SENDER, "J\u00d6RG@old.example", "553 5.6.7");
            assertThat(relay).accountsForEveryRecipient();
        }
    }
}
