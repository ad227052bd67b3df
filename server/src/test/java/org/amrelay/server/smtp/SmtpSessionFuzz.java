// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;

/** Whatever a client sends, and however the network cuts it: replies, no hanging, nothing left behind. */
class SmtpSessionFuzz {
    private static Ports ports;

    @BeforeContainer
    static void start() {
        ports = Ports.start();
    }

    @AfterContainer
    static void stop() {
        ports.close();
    }

    @Provide
    Arbitrary<String> sessions() {
        Arbitrary<String> known = Arbitraries.of(List.of(
                "EHLO a.test\r\n",
                "HELO a.test\r\n",
                "MAIL FROM:<a@b.test>\r\n",
                "MAIL FROM:<>\r\n",
                "MAIL FROM:<a@b.test> SIZE=1 RET=HDRS ENVID=x+\r\n",
                "RCPT TO:<ann@ours.test>\r\n",
                "RCPT TO:<x@other.test>\r\n",
                "RCPT TO:<\"a\\\r\n",
                "RCPT TO:<ann@ours.test> NOTIFY=,\r\n",
                "DATA\r\n",
                "Subject: x\r\n\r\nbody\r\n.\r\n",
                "Content-Type: multipart/mixed; boundary=\r\n",
                "..\r\n",
                ".\r\n",
                ".\r",
                "\n",
                "\r\n",
                "\0",
                "BDAT 15\r\n",
                "BDAT 25 LAST\r\n",
                "BDAT 0 LAST\r\n",
                "BDAT 3\r\n\r\n.",
                "BDAT 99999999999999\r\n",
                "BDAT x\r\n",
                "MAIL FROM:<j\u00c3\u00b6rg@b.test> SMTPUTF8\r\n",
                "RCPT TO:<j\u00c3\u00b6rg@ours.test>\r\n",
                "RSET\r\n",
                "NOOP\r\n",
                "AUTH PLAIN\r\n",
                "*\r\n",
                "HELP\r\n",
                "VRFY x\r\n",
                "STARTTLS x\r\n",
                "QUIT\r\n"));
        Arbitrary<String> random = Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .ofMaxLength(30)
                .map(text -> text + "\r\n");
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, known), net.jqwik.api.Tuple.of(1, random))
                .list()
                .ofMaxSize(25)
                .map(lines -> "EHLO fuzz.test\r\n" + String.join("", lines));
    }

    @Property(seed = "1", tries = 150, shrinking = net.jqwik.api.ShrinkingMode.BOUNDED)
    void answersTheSameHoweverTheBytesAreCut(
            @ForAll("sessions") String session, @ForAll @IntRange(min = 1, max = 40) int piece) {
        String atOnce = replies(session, session.length());
        String inPieces = replies(session, piece);
        assertThat(inPieces).isEqualTo(atOnce);
        assertThat(atOnce).startsWith("220 ");
        Awaitility.await().untilAsserted(() -> {
            assertThat(ports.factory.memoryInUse()).isZero();
            assertThat(ports.factory.openConnections()).isZero();
        });
    }

    /** All codes that the server says until it closes the connection. */
    private static String replies(String session, int piece) {
        try (Socket socket = new Client(ports.receive()).socket()) {
            byte[] bytes = session.getBytes(StandardCharsets.ISO_8859_1);
            try {
                for (int from = 0; from < bytes.length; from += piece) {
                    socket.getOutputStream().write(bytes, from, Math.min(piece, bytes.length - from));
                }
                socket.shutdownOutput();
            } catch (SocketException e) {
                assertThat(e.getMessage()).isNotNull();
            }
            return codes(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String codes(InputStream in) throws IOException {
        StringBuilder codes = new StringBuilder();
        String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        text.lines().forEach(line -> {
            assertThat(line).matches("[2-5][0-9][0-9]([ -].*)?");
            codes.append(line, 0, Math.min(9, line.length())).append('\n');
        });
        return codes.toString();
    }
}
