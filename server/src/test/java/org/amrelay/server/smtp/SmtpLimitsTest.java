// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpLimitsTest {
    private Ports ports;

    @AfterEach
    void stop() {
        ports.close();
    }

    private Client inData() {
        return Client.greeted(ports.receive())
                .ehlo()
                .writesRaw("MAIL FROM:<a@b.test>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\n")
                .expects("250")
                .expects("250")
                .expects("354");
    }

    private static String repeat(int times, String text) {
        return IntStream.range(0, times)
                .mapToObj(i -> text.replace("#", "" + i))
                .collect(Collectors.joining());
    }

    @Test
    void refusesAMessageThatIsTooLargeAndKeepsTheSession() {
        ports = Ports.with("AMR_LIMIT_MESSAGE_SIZE", "100K").start();
        try (Client c = inData()) {
            c.writesRaw("\r\n" + repeat(4000, "0123456789012345678901234567890123456789\r\n") + ".\r\n")
                    .expects("552 5.3.4");
            c.writes("NOOP").expects("250");
        }
        assertThat(ports.spool.stored).isEmpty();
    }

    @Test
    void doesNotCountStuffedDotsToTheSize() {
        ports = Ports.with("AMR_LIMIT_MESSAGE_SIZE", "1K").start();
        try (Client c = inData()) {
            c.writesRaw("\r\n" + repeat(339, "..\r\n") + ".\r\n").expects("250");
        }
    }

    @Test
    void refusesMessagesWithTooMuchStructure() {
        ports = Ports.start();
        try (Client c = inData()) {
            c.writesRaw(repeat(100_000, "X-#: y\r\n") + "\r\n\r\n.\r\n").expects("554 5.6.0");
            c.writesRaw("MAIL FROM:<>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\n")
                    .expects("250")
                    .expects("250");
            c.expects("354");
            c.writesRaw(repeat(1000, "Content-Type: multipart/mixed; boundary=b#\r\n\r\n--b#\r\n") + "\r\nx\r\n.\r\n");
            c.expects("554 5.6.0");
            c.writesRaw("MAIL FROM:<>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\n")
                    .expects("250")
                    .expects("250");
            c.expects("354");
            c.writesRaw(repeat(101, "Received: from a by b\r\n") + "\r\nx\r\n.\r\n")
                    .expects("554 5.4.6");
            c.writes("NOOP").expects("250");
        }
        assertThat(ports.spool.stored).isEmpty();
    }

    @Test
    void takesBrokenCharsetsAsTheyAre() {
        ports = Ports.start();
        try (Client c = inData()) {
            c.writesRaw(
                            "Subject: \u00ff\u00fe =?utf-8?q?=ff?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\u0080\r\n.\r\n")
                    .expects("250");
        }
        assertThat(ports.spool.stored.get(0).content()).contains("Subject: \u00ff\u00fe");
    }

    @Test
    void refusesALongLineInAMessageAndInACommand() {
        ports = Ports.start();
        try (Client c = inData()) {
            c.writesRaw("x".repeat(65_536) + "\r\n.\r\n").expects("250");
        }
        try (Client c = inData()) {
            c.writesRaw("x".repeat(65_537) + "\r\n.\r\n")
                    .expects("554 5.6.0")
                    .writes("NOOP")
                    .expects("250");
        }
        try (Client c = Client.greeted(ports.receive())) {
            c.writes("NOOP " + "x".repeat(2041)).expects("250");
            c.writes("NOOP " + "x".repeat(2042)).expects("500 5.5.6");
            c.isClosed();
        }
    }

    @Test
    void endsASessionWithTooManyErrors() {
        ports = Ports.start();
        try (Client c = Client.greeted(ports.receive())) {
            for (int i = 0; i < 20; i++) {
                c.writes("FOO").expects("500");
            }
            c.writes("FOO").expects("421 4.7.0");
            c.isClosed();
        }
    }

    @Test
    void takesSoManyRecipientsAndTellsTheClientToSendTheRestLater() {
        ports = Ports.with("AMR_LIMIT_RECIPIENTS", "5").start();
        try (Client c = Client.greeted(ports.receive()).ehlo()) {
            c.writes("MAIL FROM:<>").expects("250");
            for (int i = 0; i < 5; i++) {
                c.writes("RCPT TO:<u" + i + "@ours.test>").expects("250");
            }
            for (int i = 5; i < 50; i++) {
                c.writes("RCPT TO:<u" + i + "@ours.test>").expects("452 4.5.3");
            }
            c.writes("DATA").expects("354").writesRaw("\r\n.\r\n").expects("250");
        }
        assertThat(ports.spool.stored.get(0).recipients()).hasSize(5);
    }

    @Test
    void turnsAwayMoreConnectionsThanOneClientMayHave() {
        ports = Ports.with("AMR_LIMIT_CONNECTIONS_PER_ADDRESS", "3").start();
        List<Client> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(Client.greeted(ports.receive()));
        }
        try (Client c = new Client(ports.receive())) {
            c.expects("421 4.7.0").isClosed();
        }
        open.forEach(Client::close);
        await().untilAsserted(() -> {
            try (Client c = new Client(ports.receive())) {
                c.expects("220");
            }
        });
    }

    @Test
    void turnsAwayMoreConnectionsThanThePortMayHave() {
        ports = Ports.with("AMR_LIMIT_CONNECTIONS", "1").start();
        try (Client first = Client.greeted(ports.receive());
                Client c = new Client(ports.receive())) {
            c.expects("421 4.7.0").isClosed();
            first.writes("NOOP").expects("250");
        }
    }

    @Test
    void doesNotWaitForASilentClient() {
        ports = Ports.with("AMR_LIMIT_IDLE_SECONDS", "1").start();
        try (Client c = Client.greeted(ports.receive())) {
            c.expects("421 4.4.2").isClosed();
        }
        try (Client c = inData()) {
            c.writesRaw("half a mess").expects("421 4.4.2").isClosed();
        }
        assertThat(ports.spool.stored).isEmpty();
    }

    @Test
    void doesNotWaitForAClientThatTrickles() {
        ports = Ports.with("AMR_LIMIT_IDLE_SECONDS", "1").start();
        try (Client c = Client.greeted(ports.receive())) {
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 500; i++) {
                    c.writesRaw("x");
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                }
            });
            c.expects("421 4.4.2");
            trickle.cancel(true);
        }
    }

    @Test
    void closesAClientThatStopsReading() {
        ports = new Ports.Setup().limits("<writeSeconds>0.4</writeSeconds>").start();
        try (Client c = Client.greeted(ports.receive())) {
            byte[] commands = repeat(5000, "NOOP\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            await().untilAsserted(() -> assertThat(isHungUpOn(c, commands)).isTrue());
        }
    }

    /** Writes and never reads, so that both directions fill up. */
    private static boolean isHungUpOn(Client c, byte[] commands) {
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10_000; i++) {
                c.writesRaw(commands);
            }
        });
        try {
            writing.get(8, java.util.concurrent.TimeUnit.SECONDS);
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause() instanceof UncheckedIOException;
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    @Test
    void endsAHandshakeThatDoesNotComeToAnEnd() {
        ports = new Ports.Setup()
                .limits("<handshakeSeconds>0.3</handshakeSeconds>")
                .start();
        try (Client c = new Client(ports.submissions())) {
            c.writesRaw(new byte[] {0x16, 3, 1, 2, 0, 1}).isClosed();
        }
        try (Client c = Client.greeted(ports.submission()).ehlo()) {
            c.writes("STARTTLS")
                    .expects("220")
                    .writesRaw(new byte[] {0x16, 3, 1, 2, 0, 1})
                    .isClosed();
        }
    }

    @Test
    void keepsALargeMessageInAFileAndRemovesIt() throws IOException {
        ports = new Ports.Setup()
                .limits("<memoryPerMessage>64K</memoryPerMessage>")
                .start();
        String body = repeat(20_000, "line # of a message that does not fit\r\n");
        try (Client c = inData()) {
            c.writesRaw("Subject: x\r\n\r\n" + body + ".\r\n").expects("250");
        }
        assertThat(ports.spool.stored.get(0).content()).endsWith("Subject: x\r\n\r\n" + body);
        await().untilAsserted(() -> {
            try (var files = Files.list(ports.factory.spillDirectory())) {
                assertThat(files).isEmpty();
            }
        });
    }

    @Test
    void boundsItsMemoryWhateverTheClientSends() {
        ports = Ports.start();
        byte[] chunk = new byte[1024 * 1024];
        java.util.Arrays.fill(chunk, (byte) 'x');
        try (Client c = inData()) {
            assertThat(isCutOff(c, chunk)).isTrue();
        }
        try (Client c = Client.greeted(ports.receive())) {
            assertThat(isCutOff(c, chunk)).isTrue();
        }
        try (Client other = Client.greeted(ports.receive())) {
            other.writes("NOOP").expects("250");
        }
        assertThat(ports.factory.memoryInUse()).isZero();
    }

    /** Offers 1 GB without a line end. */
    private static boolean isCutOff(Client c, byte[] chunk) {
        try {
            for (int i = 0; i < 1024; i++) {
                c.writesRaw(chunk);
            }
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }
}
