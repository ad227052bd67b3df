// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuthenticationTest {
    private Ports ports;

    @BeforeEach
    void start() {
        ports = Ports.start();
    }

    @AfterEach
    void stop() {
        ports.close();
    }

    static String plain(String account, String password) {
        return "AUTH PLAIN " + Client.base64("\0" + account + "\0" + password);
    }

    @Test
    void isNeitherAnnouncedNorPossibleBeforeTls() {
        try (Client c = Client.greeted(ports.submission()).ehlo()) {
            assertThat(c.lastReply()).contains("250-STARTTLS").noneMatch(line -> line.contains("AUTH"));
            c.writes(plain("ann@ours.test", "secret")).expects("538 5.7.11");
            c.writes("MAIL FROM:<ann@ours.test>").expects("530 5.7.0");
            c.starttls();
            c.writes("MAIL FROM:<ann@ours.test>").expects("503 5.5.1");
            c.ehlo();
            assertThat(c.lastReply())
                    .anyMatch(line -> line.endsWith("AUTH PLAIN LOGIN"))
                    .noneMatch(line -> line.contains("STARTTLS"));
            c.writes("MAIL FROM:<ann@ours.test>").expects("530 5.7.0");
            c.writes(plain("ann@ours.test", "secret")).expects("235 2.7.0");
            c.writes("MAIL FROM:<ann@ours.test>").expects("250");
            c.writes("RCPT TO:<x@other.test>").expects("250").writes("DATA").expects("354");
            c.writesRaw("\r\nx\r\n.\r\n").expects("250");
        }
        HeldSpool.Stored mail = ports.spool.stored.get(0);
        assertThat(mail.account()).contains("ann@ours.test");
        assertThat(mail.content()).contains("with ESMTPSA id", "using TLSv1.3 with cipher TLS_");
    }

    @Test
    void knowsPlainAndLoginInAllTheirForms() {
        String account = Client.base64("ann@ours.test");
        String password = Client.base64("secret");
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("AUTH PLAIN")
                    .expects("334 ")
                    .writes(Client.base64("\0ann@ours.test\0secret"))
                    .expects("235");
        }
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("auth login").expects("334 VXNlcm5hbWU6").writes(account);
            c.expects("334 UGFzc3dvcmQ6").writes(password).expects("235");
        }
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("AUTH LOGIN " + account).expects("334").writes(password).expects("235");
            c.writes("AUTH LOGIN").expects("503 5.5.1");
        }
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("AUTH PLAIN " + Client.base64("ann@ours.test\0ann@ours.test\0secret"))
                    .expects("235");
        }
    }

    @Test
    void canBeCancelled() {
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("AUTH PLAIN").expects("334").writes("*").expects("501 5.7.0");
            c.writes("AUTH LOGIN").expects("334").writes("*").expects("501 5.7.0");
            c.writes("AUTH LOGIN " + Client.base64("ann@ours.test"))
                    .expects("334")
                    .writes("*")
                    .expects("501 5.7.0");
            c.writes("NOOP").expects("250");
        }
    }

    @Test
    void refusesWhatItCannotRead() {
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("AUTH").expects("501 5.5.4");
            c.writes("AUTH CRAM-MD5").expects("504 5.5.4");
            c.writes("AUTH PLAIN !!!").expects("501 5.5.2");
            c.writes("AUTH PLAIN =").expects("501 5.5.2");
            c.writes("AUTH PLAIN " + Client.base64("ann@ours.test\0secret")).expects("501 5.5.2");
            c.writes("AUTH PLAIN " + Client.base64("\0a\0b\0c")).expects("501 5.5.2");
            c.writes("AUTH PLAIN /w==").expects("501 5.5.2");
            c.writes("AUTH PLAIN " + "A".repeat(12_000)).expects("501 5.5.2");
            c.writes("AUTH PLAIN").expects("334").writes("A".repeat(12_000)).expects("501 5.5.2");
            c.writes("AUTH PLAIN " + "A".repeat(13_000)).expects("500 5.5.6");
            c.isClosed();
        }
    }

    @Test
    void saysTheSameToAnUnknownAccountAndToAWrongPassword() {
        try (Client c = Client.inTls(ports.submissions())) {
            String wrongPassword = c.writes(plain("ann@ours.test", "guess")).reads();
            String unknownAccount = c.writes(plain("nobody@ours.test", "guess")).reads();
            assertThat(wrongPassword).isEqualTo("535 5.7.8 authentication failed");
            assertThat(unknownAccount).isEqualTo(wrongPassword);
            assertThat(c.writes(plain("not an account@@", "guess")).reads()).isEqualTo(wrongPassword);
            c.isClosed();
        }
    }

    @Test
    void doesNotLetOneAccountActAsAnother() {
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes("AUTH PLAIN " + Client.base64("root@ours.test\0ann@ours.test\0secret"))
                    .expects("535 5.7.8");
        }
    }

    @Test
    void closesAfterThreeFailuresAndBlocksTheClientAfterTwenty() {
        for (int i = 0; i < 7; i++) {
            try (Client c = Client.inTls(ports.submissions())) {
                for (int k = 0; k < (i == 6 ? 2 : 3); k++) {
                    c.writes(plain("ann@ours.test", "guess" + i)).expects("535 5.7.8");
                }
            }
        }
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes(plain("ann@ours.test", "secret")).expects("421 4.7.0");
            c.isClosed();
        }
    }

    @Test
    void answersAFailureNoEarlierThanTheDelay() {
        ports.close();
        ports = new Ports.Setup().throttle(Duration.ofMillis(300)).start();
        try (Client c = Client.inTls(ports.submissions())) {
            long start = System.nanoTime();
            c.writes(plain("ann@ours.test", "guess")).expects("535");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void allowsOnlySendersThatBelongToTheAccount() {
        try (Client c = Client.inTls(ports.submissions()).authenticates("ann@ours.test", "secret")) {
            c.writes("MAIL FROM:<boss@ours.test>").expects("553 5.7.1");
            c.writes("MAIL FROM:<ann@other.test>").expects("553 5.7.1");
            c.writes("MAIL FROM:<>").expects("250").writes("RSET").expects("250");
            c.writes("MAIL FROM:<Ann@Ours.Test>").expects("250");
        }
    }

    private static String message(String header) {
        return header + "\r\n\r\nHello.\r\n.\r\n";
    }

    @Test
    void allowsOnlyAuthorsThatBelongToTheAccount() {
        ports.granted.add("ann@ours.test info@ours.test");
        try (Client c = Client.inTls(ports.submissions()).authenticates("ann@ours.test", "secret")) {
            c.writes("MAIL FROM:<info@ours.test>").expects("250");
            c.writes("RCPT TO:<x@other.test>").expects("250").writes("DATA").expects("354");
            c.writesRaw(message("From: The boss <boss@ours.test>"))
                    .expects("550 5.7.1 ann@ours.test may not send as boss@ours.test in From; use your own address");
            assertThat(ports.spool.stored).isEmpty();
            c.writes("MAIL FROM:<ann@ours.test>").expects("250");
            c.writes("RCPT TO:<x@other.test>").expects("250").writes("DATA").expects("354");
            c.writesRaw(message("From: ann@ours.test\r\nSender: boss@ours.test"))
                    .expects("550 5.7.1");
            c.writes("MAIL FROM:<ann@ours.test>").expects("250");
            c.writes("RCPT TO:<x@other.test>").expects("250").writes("DATA").expects("354");
            c.writesRaw(message("From: Info <info@ours.test>")).expects("250");
            assertThat(ports.spool.stored).hasSize(1);
        }
    }

    @Test
    void allowsTheNullSenderForAReceiptToOneRecipient() {
        try (Client c = Client.inTls(ports.submissions()).authenticates("ann@ours.test", "secret")) {
            c.writes("MAIL FROM:<>")
                    .expects("250")
                    .writes("RCPT TO:<x@other.test>")
                    .expects("250");
            c.writes("DATA")
                    .expects("354")
                    .writesRaw(message("From: ann@ours.test"))
                    .expects("250");
            c.writes("MAIL FROM:<>")
                    .expects("250")
                    .writes("RCPT TO:<x@other.test>")
                    .expects("250");
            c.writes("RCPT TO:<y@other.test>").expects("250");
            c.writes("DATA").expects("354").writesRaw(message("From: ann@ours.test"));
            c.expects("550 5.7.1 the empty sender is for a receipt to one recipient");
        }
    }

    @Test
    void leavesNoPasswordInTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger("ROOT");
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        try (Client c = Client.inTls(ports.submissions())) {
            c.writes(plain("ann@ours.test", "hunter2")).expects("535");
            c.writes("AUTH LOGIN")
                    .expects("334")
                    .writes(Client.base64("ann@ours.test"))
                    .expects("334");
            c.writes(Client.base64("hunter2")).expects("535");
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isNotEmpty()
                .noneMatch(line -> line.contains("hunter2"))
                .noneMatch(line -> line.contains(Client.base64("hunter2")))
                .noneMatch(line -> line.contains(Client.base64("\0ann@ours.test\0hunter2")));
    }
}
