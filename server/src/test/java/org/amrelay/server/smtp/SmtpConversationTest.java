// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpConversationTest {
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

    private Client receive() {
        return Client.greeted(ports.receive()).ehlo();
    }

    @Test
    void acceptsAMailForOurDomain() {
        try (Client c = receive()) {
            c.writes("MAIL FROM:<bob@elsewhere.test> SIZE=100 BODY=8BITMIME").expects("250 2.1.0");
            c.writes("RCPT TO:<ann@ours.test>").expects("250 2.1.5");
            c.writes("DATA").expects("354");
            c.writesRaw("Subject: x\r\n\r\n..dot\r\nbody\r\n.\r\n").expects("250 2.6.0");
            c.writes("QUIT").expects("221");
            c.isClosed();
        }
        HeldSpool.Stored mail = ports.spool.stored.get(0);
        assertThat(mail.sender()).isEqualTo("bob@elsewhere.test");
        assertThat(mail.recipients()).containsExactly("ann@ours.test");
        assertThat(mail.content())
                .startsWith("Received: from client.test ([127.0.0.1])\r\n\tby ")
                .contains("with ESMTP id Mail", "for <ann@ours.test>;")
                .endsWith("Subject: x\r\n\r\n.dot\r\nbody\r\n");
    }

    @Test
    void announcesWhatItDoes() {
        try (Client c = receive()) {
            assertThat(c.lastReply())
                    .contains(
                            "250-PIPELINING",
                            "250-ENHANCEDSTATUSCODES",
                            "250-8BITMIME",
                            "250-DSN",
                            "250-STARTTLS",
                            "250-CHUNKING",
                            "250-SMTPUTF8",
                            "250 SIZE 52428800")
                    .noneMatch(line -> line.contains("AUTH"));
        }
    }

    @Test
    void answersPipelinedCommandsInOrder() {
        try (Client c = receive()) {
            c.writesRaw("MAIL FROM:<>\r\nRCPT TO:<nobody@elsewhere.test>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\n");
            c.expects("250 2.1.0").expects("550 5.7.1").expects("250 2.1.5").expects("354");
            c.writesRaw("\r\nhello\r\n.\r\nNOOP\r\nRSET\r\nQUIT\r\n");
            c.expects("250 2.6.0").expects("250").expects("250").expects("221");
        }
        assertThat(ports.spool.stored.get(0).sender()).isEqualTo("<>");
    }

    @Test
    void refusesDataWithoutRecipients() {
        try (Client c = receive()) {
            c.writes("DATA").expects("503 5.5.1");
            c.writes("MAIL FROM:<>").expects("250");
            c.writes("DATA").expects("554 5.5.1");
        }
    }

    @Test
    void refusesCommandsInTheWrongOrder() {
        try (Client c = Client.greeted(ports.receive())) {
            c.writes("MAIL FROM:<a@b.test>").expects("503 5.5.1");
            c.ehlo().writes("RCPT TO:<ann@ours.test>").expects("503 5.5.1");
            c.writes("MAIL FROM:<a@b.test>").expects("250");
            c.writes("MAIL FROM:<a@b.test>").expects("503 5.5.1");
        }
    }

    @Test
    void knowsTheParametersItAnnouncedAndNoOthers() {
        try (Client c = receive()) {
            c.writes("MAIL FROM:<a@b.test> SIZE=52428801").expects("552 5.3.4");
            c.writes("MAIL FROM:<a@b.test> SIZE=99999999999999999999").expects("552 5.3.4");
            c.writes("MAIL FROM:<a@b.test> SIZE=x").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b.test> BODY=BINARYMIME").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b.test> SMTPUTF8=yes").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b.test> AUTH=a=b").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b.test> RET=ALL").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b.test> RET=HDRS RET=HDRS").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b.test>x").expects("501 5.5.4");
            c.writes("MAIL FROM:a@b.test").expects("501 5.5.4");
            c.writes("MAIL FROM:<a@b..test>").expects("553 5.1.7");
            c.writes("MAIL FROM: <a@b.test>").expects("250");
            c.writes("RCPT TO:<ann@ours.test> NOTIFY=SOMETIMES").expects("501 5.5.4");
            c.writes("RCPT TO:<ann@ours.test> NOTIFY=NEVER,DELAY").expects("501 5.5.4");
            c.writes("RCPT TO:<ann@ours.test> X=y").expects("555 5.5.4");
        }
    }

    // RFC 8689 §2
    @Test
    void takesRequireTlsInsideTlsOnly() {
        try (Client c = Client.greeted(ports.submission()).ehlo()) {
            assertThat(c.lastReply()).noneMatch(line -> line.contains("REQUIRETLS"));
        }
        try (Client c = receive().starttls().ehlo()) {
            // What goes to mailboxes of ours is not promised to be protected all the way
            assertThat(c.lastReply()).noneMatch(line -> line.contains("REQUIRETLS"));
            c.writes("MAIL FROM:<a@b.test> REQUIRETLS").expects("555 5.5.4");
        }
        try (Client c = Client.inTls(ports.submissions()).ehlo()) {
            assertThat(c.lastReply()).anyMatch(line -> line.contains("REQUIRETLS"));
            c.writes(AuthenticationTest.plain("ann@ours.test", "secret")).expects("235");
            c.writes("MAIL FROM:<ann@ours.test> REQUIRETLS=yes").expects("501 5.5.4");
            c.writes("MAIL FROM:<ann@ours.test> REQUIRETLS").expects("250");
            c.writes("RCPT TO:<ann@ours.test>").expects("250");
            c.writes("DATA").expects("354").writesRaw("\r\nx\r\n.\r\n").expects("250");
        }
        assertThat(ports.spool.stored).hasSize(1);
        assertThat(ports.spool.stored.get(0).requiresTls()).isTrue();
    }

    @Test
    void carriesTheDsnParametersToTheMail() {
        try (Client c = receive()) {
            c.writes("MAIL FROM:<a@b.test> RET=HDRS ENVID=QQ314159").expects("250");
            c.writes("RCPT TO:<ann@ours.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;ann@ours.test")
                    .expects("250");
            c.writes("RCPT TO:<ann@ours.test> NOTIFY=NEVER").expects("250");
            c.writes("DATA").expects("354").writesRaw("\r\nx\r\n.\r\n").expects("250");
        }
        HeldSpool.Stored mail = ports.spool.stored.get(0);
        assertThat(mail.recipients()).containsExactly("ann@ours.test");
        assertThat(mail.dsn().orElseThrow().toString()).contains("HDRS", "QQ314159", "SUCCESS");
    }

    @Test
    void takesPostmasterWithoutADomain() {
        try (Client c = receive()) {
            c.writes("MAIL FROM:<>")
                    .expects("250")
                    .writes("RCPT TO:<Postmaster>")
                    .expects("250");
            c.writes("DATA").expects("354").writesRaw("\r\nx\r\n.\r\n").expects("250");
        }
        assertThat(ports.spool.stored.get(0).recipients()).containsExactly("Postmaster@ours.test");
    }

    @Test
    void forgetsTheTransactionAfterRset() {
        try (Client c = receive()) {
            c.writes("MAIL FROM:<a@b.test>").expects("250").writes("RSET").expects("250");
            c.writes("RCPT TO:<ann@ours.test>").expects("503");
        }
    }

    @Test
    void saysNothingAboutAccounts() {
        try (Client c = receive()) {
            c.writes("VRFY ann@ours.test").expects("502 5.3.3");
            c.writes("VRFY nobody@ours.test").expects("502 5.3.3");
            c.writes("EXPN staff").expects("502");
            c.writes("HELP").expects("502");
            c.writes("TURN").expects("500");
        }
    }

    @Test
    void doesNotOfferAuthenticationOnTheReceivePort() {
        try (Client c = receive()) {
            c.writes("AUTH PLAIN " + Client.base64("\0ann@ours.test\0secret")).expects("502 5.5.1");
            c.starttls().ehlo();
            assertThat(c.lastReply()).noneMatch(line -> line.contains("AUTH"));
            c.writes("AUTH PLAIN " + Client.base64("\0ann@ours.test\0secret")).expects("502 5.5.1");
        }
    }

    @Test
    void refusesWhatIsNotAscii() {
        try (Client c = receive()) {
            c.writes("NOOP \u00e4").expects("501 5.5.2");
            c.writes("MAIL FROM:<\u00e4@b.test>").expects("553 5.6.7");
            c.writes("NOOP \u0007").expects("501 5.5.2");
            c.writes("").expects("500");
        }
    }
}
