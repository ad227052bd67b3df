// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SMTPUTF8 (RFC 6531) and 8BITMIME (RFC 6152) as the client speaks them, or does without. */
@Timeout(30)
class InternationalMailTest extends ClientConversation {
    private static final String PLAIN = "Subject: hello\r\n\r\nhello\r\n";
    private static final String BY_UTF8 =
            "Received: from a ([192.0.2.1])\r\n\tby relay.example with UTF8SMTPS id 1;\r\n"
                    + "\tMon, 1 Jan 2029 00:00:00 +0000\r\nSubject: grüße\r\n\r\nhello\r\n";
    private static final String WITHOUT = BY_UTF8.replace("UTF8SMTPS", "ESMTPS");

    @Test
    void declaresUtf8ForAnAddress() {
        peer.alsoOffers("SMTPUTF8");
        assertThat(kinds(send(opened(), PLAIN, "jörg@bücher.example", "bob@a.example")))
                .containsOnly(Kind.ACCEPTED);
        assertThat(peer.commands())
                .contains(
                        "MAIL FROM:<ann@b.example> SIZE=" + PLAIN.length() + " BODY=8BITMIME SMTPUTF8",
                        "RCPT TO:<jörg@bücher.example>");
        join(opened().send(message("用户@例え.example", PLAIN, "bob@a.example")));
        assertThat(peer.commands()).anyMatch(line -> line.startsWith("MAIL FROM:<用户@例え.example> "));
    }

    @Test
    void namesAnOriginalRecipientBeyondAscii() {
        EnvelopeRecipient recipient =
                new EnvelopeRecipient(EmailAddress.of("bob@a.example"), Set.of(), Optional.of("utf-8;jö=rg@a.example"));
        join(opened().send(message("ann@b.example", PLAIN, "bob@a.example").to(List.of(recipient))));
        assertThat(peer.commands()).contains("RCPT TO:<bob@a.example> ORCPT=utf-8;j\\x{F6}\\x{3D}rg@a.example");
    }

    @Test
    void declaresUtf8ForAHeaderThatCameByIt() {
        peer.alsoOffers("SMTPUTF8");
        send(opened(), BY_UTF8, "bob@a.example");
        assertThat(peer.commands().get(1)).endsWith(" SMTPUTF8");
        assertThat(peer.messages().get(0).body()).isEqualTo(BY_UTF8.getBytes(UTF_8));
    }

    @Test
    void doesNotDeclareUtf8WithoutNeed() {
        peer.alsoOffers("SMTPUTF8");
        send(opened(), PLAIN, "bob@a.example");
        send(opened(), BY_UTF8.replace("grüße", "plain"), "bob@a.example");
        send(opened(), WITHOUT, "bob@a.example");
        send(opened(), PLAIN, "bob@bücher.example");
        assertThat(peer.messages()).hasSize(4);
        assertThat(peer.commands()).noneMatch(line -> line.contains("SMTPUTF8"));
        assertThat(peer.commands()).endsWith("RCPT TO:<bob@xn--bcher-kva.example>", "DATA");
    }

    @Test
    void refusesWhatTheServerCannotCarryAndSaysWhy() {
        TransactionResult result = send(opened(), PLAIN, "jörg@a.example", "bob@bücher.example", "bob@a.example");
        assertThat(kinds(result)).containsExactly(Kind.REFUSED, Kind.ACCEPTED, Kind.ACCEPTED);
        assertThat(result.verdicts().get(0).reply())
                .hasToString(
                        "553 5.6.7 the recipient's address is internationalised, and the next server does not offer"
                                + " SMTPUTF8");
        assertThat(peer.commands())
                .contains("RCPT TO:<bob@xn--bcher-kva.example>")
                .noneMatch(c -> c.contains("jörg"));
        Verdict sender = join(opened().send(message("jörg@b.example", PLAIN, "bob@a.example")))
                .verdicts()
                .get(0);
        assertThat(sender.reply().toString()).startsWith("553 5.6.7 the sender's address");
        Verdict header = send(opened(), BY_UTF8, "bob@a.example").verdicts().get(0);
        assertThat(header.reply().toString()).startsWith("553 5.6.7 the message's header");
    }

    @Test
    void passesABrokenHeaderOnAsItCame() {
        assertThat(kinds(send(opened(), WITHOUT, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).text()).isEqualTo(WITHOUT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsSevenBitsWhereEightAreNotOffered(boolean chunking) {
        peer.offers("PIPELINING", "SIZE 1000000");
        if (chunking) {
            peer.alsoOffers("CHUNKING");
        }
        String signed =
                "DKIM-Signature: v=1; a=rsa-sha256\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8"
                        + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\nschöne grüße\r\n.\r\n";
        TransactionResult result = send(opened(), signed, "bob@a.example");
        String body = peer.messages().get(0).text();
        assertThat(body)
                .endsWith("charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                        + "sch=C3=B6ne gr=C3=BC=C3=9Fe\r\n.\r\n");
        assertThat(peer.commands().get(1))
                .isEqualTo("MAIL FROM:<ann@b.example> SIZE=" + body.getBytes(US_ASCII).length);
        assertThat(result.verdicts().get(0).reply().text())
                .isEqualTo("taken (sent in 7 bits, 8BITMIME is not offered; DKIM signatures no longer match)");
    }

    @Test
    void judgesTheSizeThatIsSent() {
        peer.offers("SIZE 30000");
        TransactionResult result =
                send(opened(), "Subject: x\r\n\r\n" + "äöü ".repeat(4_000) + "\r\n", "bob@a.example");
        assertThat(result.verdicts().get(0).reply().toString()).startsWith("552 5.3.4");
        assertThat(peer.commands()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void leavesSevenBitsAlone() {
        peer.offers();
        TransactionResult result = send(opened(), PLAIN, "bob@a.example");
        assertThat(result.verdicts().get(0).reply()).hasToString("250 2.0.0 taken");
        assertThat(peer.messages().get(0).text()).isEqualTo(PLAIN);
    }
}
