// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.amrelay.delivery.client.Verdict.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BDAT instead of DATA (RFC 3030). */
@Timeout(30)
class ChunkingTest extends ClientConversation {
    private static final String TEXT = "Subject: hello\r\n\r\n.dot\r\n..dots\r\nend\r\n";

    @BeforeEach
    void offerChunking() {
        peer.alsoOffers("CHUNKING");
    }

    @Test
    void sendsASmallMessageWithItsEnvelopeInOneChunk() {
        assertThat(kinds(send(opened(), TEXT, "bob@a.example", "eve@a.example")))
                .containsOnly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).text()).isEqualTo(TEXT);
        assertThat(peer.commands())
                .containsExactly(
                        "EHLO relay.example",
                        "MAIL FROM:<ann@b.example> SIZE=" + TEXT.length() + " BODY=8BITMIME",
                        "RCPT TO:<bob@a.example>",
                        "RCPT TO:<eve@a.example>",
                        "BDAT " + TEXT.length() + " LAST");
    }

    @Test
    void doesNotWaitForAnAnswerBeforeASmallMessage() {
        peer.on("MAIL").sends("");
        // Answers nothing until the whole message is there: only one that came unasked gets an answer
        peer.on("RCPT").sends("");
        peer.on("BDAT").replies("250 2.1.0 ok", "250 2.1.5 ok", "250 2.0.0 taken");
        assertThat(kinds(send(opened(), TEXT, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsALargeMessageInCountedChunks(boolean pipelining) {
        if (!pipelining) {
            peer.offers("CHUNKING", "8BITMIME");
        }
        String large = lines(400_000);
        OutboundSession connection = opened();
        assertThat(kinds(send(connection, large, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).text()).isEqualTo(large);
        assertThat(peer.commands()).contains("BDAT 65536").doesNotContain("DATA");
        assertThat(peer.commands().get(peer.commands().size() - 1))
                .startsWith("BDAT ")
                .endsWith(" LAST");
        assertThat(kinds(send(connection, TEXT, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void completesLineEndsAndTheLastLine() {
        assertThat(kinds(send(opened(), "Subject: x\r\n\r\na\nb\rc\r\n.\r\nd", "bob@a.example")))
                .containsExactly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).text()).isEqualTo("Subject: x\r\n\r\na\r\nb\r\nc\r\n.\r\nd\r\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsRecipientsApart(boolean pipelining) {
        if (!pipelining) {
            peer.offers("CHUNKING", "8BITMIME");
        }
        peer.on("RCPT TO:<bob@").replies("550 5.1.1 no such user");
        peer.on("RCPT TO:<later@").replies("450 4.2.1 busy");
        TransactionResult result = send(opened(), TEXT, "bob@a.example", "eve@a.example", "later@a.example");
        assertThat(kinds(result)).containsExactly(Kind.REFUSED, Kind.ACCEPTED, Kind.LATER);
        assertThat(peer.messages().get(0).rcpts()).containsExactly("RCPT TO:<eve@a.example>");
    }

    @Test
    void usesTheSessionAgainWhenAllRecipientsOfAPipelinedMessageWereRefused() {
        peer.first(1, "RCPT").replies("550 5.1.1 no");
        OutboundSession connection = opened();
        TransactionResult refused = send(connection, TEXT, "bob@a.example");
        assertThat(kinds(refused)).containsExactly(Kind.REFUSED);
        assertThat(refused.verdicts().get(0).reply()).hasToString("550 5.1.1 no");
        assertThat(refused.reusable()).isTrue();
        assertThat(kinds(send(connection, TEXT, "eve@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.commands()).containsOnlyOnce("RSET");
        assertThat(peer.connections()).isEqualTo(1);
        assertThat(peer.messages()).hasSize(1);
    }

    @Test
    void waitsForTheRecipientsOnASessionThatHasCarriedMail() {
        OutboundSession connection = opened();
        send(connection, TEXT, "bob@a.example");
        peer.on("RCPT").replies("550 5.1.1 no");
        send(connection, TEXT, "bob@a.example");
        assertThat(peer.commands().stream().filter(c -> c.startsWith("BDAT"))).hasSize(1);
    }

    @Test
    void seesThatAKeptConnectionIsGoneAndIsNotInDoubt() {
        OutboundSession connection = opened();
        send(connection, TEXT, "bob@a.example");
        peer.on("MAIL").drops();
        TransactionResult result = send(connection, TEXT, "bob@a.example");
        assertThat(result.stale()).isTrue();
        assertThat(kinds(result)).containsExactly(Kind.LATER);
    }

    @ParameterizedTest(name = "{0} answered with {1} is {2}")
    @CsvSource({
        "MAIL, 550 5.7.1 not you, REFUSED",
        "MAIL, 451 4.3.0 later, LATER",
        "MAIL, 421 4.3.2 going down, LATER",
        "RCPT, 421 4.3.2 going down, LATER",
        "RCPT, 553 bad mailbox, REFUSED",
        "BDAT, 451 4.3.0 later, LATER",
        "BDAT, 503 5.5.1 bad sequence, LATER",
        "BDAT, 554 5.7.1 no, REFUSED",
        "BDAT, 421 4.3.2 going down, LATER",
        "BDAT, 354 what, IN_DOUBT",
        "MESSAGE, 552 5.2.2 full, REFUSED",
    })
    void takesOnlyADefiniteAnswerForFinal(String step, String reply, Kind expected) {
        peer.on(step).replies(reply);
        assertThat(kinds(send(opened(), TEXT, "bob@a.example"))).containsExactly(expected);
        peer.offers("CHUNKING");
        assertThat(kinds(send(opened(), TEXT, "bob@a.example"))).containsExactly(expected);
    }

    @Test
    void stopsWhenAChunkIsRefused() {
        peer.first(1, "BDAT").replies("552 5.3.4 too much");
        TransactionResult result = send(opened(), lines(400_000), "bob@a.example");
        assertThat(kinds(result)).containsExactly(Kind.REFUSED);
        assertThat(result.reusable()).isFalse();
        assertThat(peer.messages()).isEmpty();
    }

    @ParameterizedTest(name = "a connection lost at {0} is {1}")
    @CsvSource({"BODY, LATER", "BDAT 65536, LATER", "MESSAGE, IN_DOUBT"})
    void isInDoubtOnlyAfterTheLastChunk(String step, Kind expected) {
        peer.on(step).drops();
        assertThat(kinds(send(opened(), lines(20_000_000), "bob@a.example"))).containsExactly(expected);
    }

    @Test
    void isInDoubtWhenTheAnswersToAPipelinedMessageAreLost() {
        peer.on("RCPT TO:<bob@").replies("550 5.1.1 no");
        peer.on("BDAT").drops();
        assertThat(kinds(send(opened(), TEXT, "bob@a.example", "eve@a.example")))
                .containsExactly(Kind.REFUSED, Kind.IN_DOUBT);
    }

    @Test
    void carriesOctetsBeyondAsciiUnchanged() {
        send(opened(), "Subject: x\r\n\r\nhellö\r\n", "bob@a.example");
        assertThat(peer.messages().get(0).body()).isEqualTo("Subject: x\r\n\r\nhellö\r\n".getBytes(UTF_8));
    }
}
