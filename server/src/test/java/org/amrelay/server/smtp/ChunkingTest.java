// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BDAT (RFC 3030) as our server takes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChunkingTest {
    private static final String ENVELOPE = "MAIL FROM:<bob@elsewhere.test>\r\nRCPT TO:<ann@ours.test>\r\n";

    private Ports ports;

    @BeforeAll
    void start() {
        ports = Ports.with("AMR_LIMIT_MESSAGE_SIZE", "1M").start();
    }

    @AfterAll
    void stop() {
        ports.close();
    }

    @BeforeEach
    void empty() {
        ports.spool.stored.clear();
    }

    private Client greeted() {
        return Client.greeted(ports.receive()).ehlo();
    }

    private Client withEnvelope() {
        return greeted().writesRaw(ENVELOPE).expects("250 2.1.0").expects("250 2.1.5");
    }

    private String stored() {
        assertThat(ports.spool.stored).hasSize(1);
        String content = ports.spool.stored.get(0).content();
        return content.substring(content.indexOf(" +0000\r\n") + 8);
    }

    @Test
    void takesAMessageInChunksThatCutLinesAnywhere() {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 11\r\nSubject: x\r").expects("250 2.0.0 11 octets");
            c.writesRaw("BDAT 6\r\n\n\r\n.\r\n").expects("250 2.0.0 6 octets");
            c.writesRaw("BDAT 0\r\n").expects("250 2.0.0 0 octets");
            c.writesRaw("BDAT 8 last\r\n..two\r\n.").expects("250 2.6.0 accepted");
            c.writes("RCPT TO:<ann@ours.test>").expects("503 5.5.1");
        }
        assertThat(stored()).isEqualTo("Subject: x\r\n\r\n.\r\n..two\r\n.\r\n");
        assertThat(ports.spool.stored.get(0).content()).contains("with ESMTP id");
    }

    @Test
    void takesAPipelinedEnvelopeWithItsMessageAndTheNextOne() {
        try (Client c = greeted()) {
            String one = ENVELOPE + "BDAT 4 LAST\r\nx: y";
            c.writesRaw(one + one + "QUIT\r\n");
            c.expects("250 2.1.0").expects("250 2.1.5").expects("250 2.6.0");
            c.expects("250 2.1.0").expects("250 2.1.5").expects("250 2.6.0").expects("221");
        }
        assertThat(ports.spool.stored).hasSize(2);
    }

    @Test
    void takesALastChunkOfNothing() {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 6\r\nx: y\r\nBDAT 0 LAST\r\n")
                    .expects("250 2.0.0")
                    .expects("250 2.6.0");
        }
        assertThat(stored()).isEqualTo("x: y\r\n");
    }

    @Test
    void readsTheOctetsOfARefusedChunkAsNothing() {
        try (Client c = greeted()) {
            c.writesRaw("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n").expects("503 5.5.1").expects("250");
            c.writes("MAIL FROM:<>").expects("250");
            c.writesRaw("RCPT TO:<x@other.test>\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
            c.expects("550 5.7.1").expects("554 5.5.1").expects("250");
            c.writes("RCPT TO:<ann@ours.test>").expects("250");
            c.writesRaw("BDAT 4 LAST\r\nx: y").expects("250 2.6.0");
        }
        assertThat(ports.spool.stored).hasSize(1);
    }

    @Test
    void keepsDataAndChunksApart() {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 6\r\nx: y\r\n").expects("250");
            c.writes("DATA").expects("503 5.5.1");
            c.writes("RCPT TO:<ann@ours.test>").expects("503 5.5.1");
            c.writes("MAIL FROM:<>").expects("503 5.5.1");
            c.writesRaw("BDAT 0 LAST\r\n").expects("250 2.6.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "EHLO again.test", "HELO again.test"})
    void forgetsTheChunksOfATransactionThatIsBrokenOff(String command) {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 6\r\na: b\r\n").expects("250");
            c.writes(command).expects("250");
            c.writesRaw("BDAT 4 LAST\r\nx: y").expects("503 5.5.1");
            c.writesRaw(ENVELOPE + "BDAT 4 LAST\r\nx: y")
                    .expects("250")
                    .expects("250")
                    .expects("250 2.6.0");
        }
        assertThat(stored()).isEqualTo("x: y\r\n");
        await().untilAsserted(() -> assertThat(ports.factory.memoryInUse()).isZero());
    }

    @Test
    void forgetsTheChunksOfAClientThatIsGone() {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 6\r\na: b\r\n").expects("250");
            c.writesRaw("BDAT 600000\r\n" + "x".repeat(1000));
        }
        await().untilAsserted(() -> {
            assertThat(ports.factory.memoryInUse()).isZero();
            assertThat(ports.factory.openConnections()).isZero();
        });
        assertThat(ports.spool.stored).isEmpty();
    }

    @Test
    void refusesAMessageThatIsTooLargeAndKeepsTheSession() {
        String line = "x".repeat(98) + "\r\n";
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 2\r\n\r\n").expects("250");
            c.writesRaw("BDAT 1000000\r\n" + line.repeat(10_000)).expects("250");
            c.writesRaw("BDAT 100000\r\n" + line.repeat(1000)).expects("552 5.3.4");
            c.writesRaw("BDAT 2\r\nxx").expects("552 5.3.4");
            c.writesRaw("BDAT 0 LAST\r\n").expects("552 5.3.4");
            c.writesRaw(ENVELOPE + "BDAT 4 LAST\r\nx: y")
                    .expects("250")
                    .expects("250")
                    .expects("250 2.6.0");
        }
        assertThat(ports.spool.stored).hasSize(1);
    }

    @Test
    void doesNotListenToMoreThanItWillEverTake() {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 900000000000\r\n").expects("552 5.3.4");
            c.isClosed();
        }
        try (Client c = greeted()) {
            c.writesRaw("BDAT 900000000000\r\n").expects("503 5.5.1");
            c.isClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST", "BDAT 1 LAST LAST", "BDAT 9999999999999999999999"})
    void closesWhenItCannotKnowWhereTheChunkEnds(String command) {
        try (Client c = withEnvelope()) {
            c.writesRaw(command + "\r\nMAIL FROM:<x@y.test>\r\n").expects("501 5.5.4");
            c.isClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "a\0b\r\n", "a\r\n.\n", "\n", "\r", "a\r\n\r"})
    void refusesWhatTheNextServerCouldMisread(String body) {
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT " + body.length() + " LAST\r\n" + body).expects("554 5.6.0");
            c.writesRaw(ENVELOPE + "BDAT " + body.length() + "\r\n" + body + "BDAT 2 LAST\r\nxx");
            c.expects("250").expects("250");
            // A carriage return at the end of a chunk is wrong only when no line feed follows
            boolean open = body.endsWith("\r");
            c.expects(open ? "250 2.0.0" : "554 5.6.0").expects("554 5.6.0");
            c.writes("NOOP").expects("250");
        }
        assertThat(ports.spool.stored).isEmpty();
    }

    @Test
    void takesADotOnALineOfItsOwnForText() {
        String smuggled = "\r\n.\r\nMAIL FROM:<admin@ours.test>\r\n.\r\n";
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT " + smuggled.length() + " LAST\r\n" + smuggled + "QUIT\r\n");
            c.expects("250 2.6.0").expects("221");
        }
        assertThat(stored()).isEqualTo(smuggled);
    }

    @Test
    void keepsALargeChunkInAFile() {
        String line = "y".repeat(98) + "\r\n";
        try (Client c = withEnvelope()) {
            c.writesRaw("BDAT 2\r\n\r\n").expects("250");
            c.writesRaw("BDAT 900000 LAST\r\n" + line.repeat(9000)).expects("250 2.6.0");
        }
        assertThat(stored()).hasSize(900_002);
    }
}
