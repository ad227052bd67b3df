// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every end of a message that another server might see where we see none, and the other way round. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {
    private static final String SMUGGLED =
            "MAIL FROM:<admin@ours.test>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\nforged\r\n.\r\n";

    private Ports ports;

    @BeforeAll
    void start() {
        ports = Ports.start();
    }

    @AfterAll
    void stop() {
        ports.close();
    }

    @BeforeEach
    void empty() {
        ports.spool.stored.clear();
    }

    private Client inData() {
        return Client.greeted(ports.receive())
                .ehlo()
                .writes("MAIL FROM:<a@b.test>")
                .expects("250")
                .writes("RCPT TO:<ann@ours.test>")
                .expects("250")
                .writes("DATA")
                .expects("354");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r.\r",
                "\r.\r\n",
                "\r\n.\r",
                "\n.\r",
                "\r.\n",
                "\r\n\0.\r\n",
                "\r\n.\0\r\n",
                "\r\n.\r\0\n",
                "\r\0\n.\r\n",
                "\0\r\n.\r\n",
                "\r\r\n.\r\n",
                "\r\n.\r\r\n",
                "\n\n.\n\n",
                "\n\r.\n\r",
                "\r\n\r.\r\n",
                "\r\n.\n\r",
                "\n",
                "\r",
                "\r\n.\n.\r\n"
            })
    void refusesEveryFalseEndAndClosesTheConnection(String end) {
        for (boolean inPieces : new boolean[] {false, true}) {
            try (Client c = inData()) {
                String bytes = "Subject: x\r\n\r\nbody" + end + SMUGGLED;
                if (inPieces) {
                    bytes.chars().limit(60).forEach(b -> writeQuietly(c, String.valueOf((char) b)));
                } else {
                    c.writesRaw(bytes);
                }
                c.expects("554 5.6.0");
                c.isClosed();
            }
            assertThat(ports.spool.stored).isEmpty();
        }
    }

    /** The server may have hung up already, which is what it should do. */
    private static void writeQuietly(Client c, String piece) {
        try {
            c.writesRaw(piece);
        } catch (java.io.UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(java.net.SocketException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\n", "NOOP\r", "NOOP\rNOOP\r\n", "NO\0OP\r\n", "NOOP\n\r", "\n", "NOOP\r\r\n"})
    void refusesCommandsWithAnyOtherLineEnd(String bytes) {
        try (Client c = Client.greeted(ports.receive())) {
            c.writesRaw(bytes + "NOOP\r\n");
            c.expects("500 5.5.2");
            c.isClosed();
        }
    }

    @Test
    void takesDotsThatAreNotTheEnd() {
        try (Client c = inData()) {
            c.writesRaw("\r\n..\r\n.a\r\n. \r\n...\r\n.\r\n").expects("250");
        }
        assertThat(ports.spool.stored.get(0).content()).endsWith("\r\n\r\n.\r\na\r\n \r\n..\r\n");
    }

    @Test
    void acceptsAnEmptyMessage() {
        try (Client c = inData()) {
            c.writesRaw(".\r\n").expects("250");
        }
    }

    @Test
    void takesNothingThatCameInClearBehindStarttls() {
        try (Client c = Client.greeted(ports.submission()).ehlo()) {
            c.writesRaw("STARTTLS\r\nMAIL FROM:<a@b.test>\r\n").expects("554 5.5.1");
            c.isClosed();
        }
    }

    @Test
    void closesWhenClearTextComesInsteadOfAHandshake() {
        try (Client c = Client.greeted(ports.submission()).ehlo()) {
            c.writes("STARTTLS").expects("220").writes("EHLO x").isClosed();
        }
    }
}
