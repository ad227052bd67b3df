// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SMTPUTF8 (RFC 6531) as our server takes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InternationalMailTest {
    private Ports ports;

    @BeforeAll
    void start() {
        ports = Ports.with("AMR_RELAY_DOMAINS", "b\u00fccher.test").start();
    }

    @AfterAll
    void stop() {
        ports.close();
    }

    @BeforeEach
    void empty() {
        ports.spool.stored.clear();
    }

    private static Client says(Client c, String line) {
        return c.writesRaw((line + "\r\n").getBytes(UTF_8));
    }

    private String content() {
        return new String(ports.spool.stored.get(0).content().getBytes(ISO_8859_1), UTF_8);
    }

    private Client greeted() {
        return Client.greeted(ports.receive()).ehlo();
    }

    @Test
    void carriesAddressesAndHeaderUnharmed() {
        try (Client c = greeted()) {
            says(c, "MAIL FROM:<\u7528\u6237@\u4f8b\u3048.test> SMTPUTF8").expects("250 2.1.0");
            says(c, "RCPT TO:<j\u00f6rg@ours.test>").expects("250 2.1.5");
            says(c, "RCPT TO:<\"j\u00f6 rg\"@b\u00fccher.test>").expects("250 2.1.5");
            says(c, "RCPT TO:<ann@b\u00fccher.test>").expects("250 2.1.5");
            says(c, "DATA").expects("354");
            says(c, "Subject: gr\u00fc\u00dfe\r\n\r\nhello\r\n.").expects("250 2.6.0");
        }
        HeldSpool.Stored mail = ports.spool.stored.get(0);
        assertThat(mail.sender()).isEqualTo("\u7528\u6237@\u4f8b\u3048.test");
        assertThat(mail.recipients())
                .containsExactly("j\u00f6rg@ours.test", "\"j\u00f6 rg\"@b\u00fccher.test", "ann@xn--bcher-kva.test");
        assertThat(content()).contains(" with UTF8SMTP id ").contains("Subject: gr\u00fc\u00dfe\r\n");
    }

    @Test
    void namesTheOneRecipientInTheTrace() {
        try (Client c = greeted().starttls().ehlo()) {
            says(c, "MAIL FROM:<> SMTPUTF8").expects("250");
            says(c, "RCPT TO:<j\u00f6rg@ours.test>").expects("250");
            says(c, "BDAT 4 LAST\r\nx: y").expects("250 2.6.0");
        }
        assertThat(content()).contains(" with UTF8SMTPS id ").contains("for <j\u00f6rg@ours.test>;");
    }

    @Test
    void takesThemOnlyWhenSmtpUtf8WasSaid() {
        try (Client c = greeted()) {
            says(c, "MAIL FROM:<j\u00f6rg@b.test>").expects("553 5.6.7");
            says(c, "MAIL FROM:<joe@b.test>").expects("250");
            says(c, "RCPT TO:<j\u00f6rg@ours.test>").expects("553 5.6.7");
            says(c, "RCPT TO:<ann@b\u00fccher.test>").expects("553 5.6.7");
            says(c, "RSET").expects("250");
            says(c, "MAIL FROM:<joe@b.test> SMTPUTF8").expects("250");
            says(c, "RSET").expects("250");
            says(c, "MAIL FROM:<joe@b.test>").expects("250");
            says(c, "RCPT TO:<j\u00f6rg@ours.test>").expects("553 5.6.7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0085b@ours.test",
                "a\u2028b@ours.test",
                "a\u3000b@ours.test",
                "a\u202eb@ours.test",
                "\ufeffab@ours.test",
                "j\u00f6..rg@ours.test",
                "j\u00f6rg@our\u2028s.test",
                "j\u00f6rg@-\u00fc.test",
                "j\u00f6rg@ours.test\uff0etest",
                "\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6"
                        + "\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6@ours.test"
            })
    void refusesWhatIsNoAddress(String address) {
        try (Client c = greeted()) {
            says(c, "MAIL FROM:<> SMTPUTF8").expects("250");
            assertThat(says(c, "RCPT TO:<" + address + ">").reads()).startsWith("5");
            c.writesRaw(
                    new byte[] {'R', 'C', 'P', 'T', ' ', 'T', 'O', ':', '<', (byte) 0xc3, '@', 'o', '>', '\r', '\n'});
            c.expects("553 5.6.7");
        }
    }

    @Test
    void isNoOpenRelayForThem() {
        try (Client c = greeted()) {
            says(c, "MAIL FROM:<> SMTPUTF8").expects("250");
            says(c, "RCPT TO:<j\u00f6rg@elsewhere.test>").expects("550 5.7.1");
            says(c, "RCPT TO:<j\u00f6rg%elsewhere.test@ours.test>").expects("550 5.7.1");
            says(c, "RCPT TO:<\"j\u00f6rg@elsewhere.test\"@ours.test>").expects("550 5.7.1");
        }
    }

    /** An ASCII address that looks like our stand-in for another one is that ASCII address. */
    @Test
    void cannotBeToldAnAddressByItsStandIn() {
        String standIn = "=utf8=" + "6ac3b67267";
        try (Client c = greeted()) {
            says(c, "MAIL FROM:<>").expects("250");
            says(c, "RCPT TO:<" + standIn + "@ours.test>").expects("250");
            says(c, "RCPT TO:<=utf8=x@ours.test>").expects("250");
            says(c, "BDAT 4 LAST\r\nx: y").expects("250 2.6.0");
        }
        assertThat(ports.spool.stored.get(0).recipients()).containsExactly(standIn + "@ours.test", "=utf8=x@ours.test");
    }

    @Test
    void readsTheOriginalRecipientInBothForms() {
        try (Client c = greeted()) {
            says(c, "MAIL FROM:<a@b.test> SMTPUTF8").expects("250");
            says(c, "RCPT TO:<ann@ours.test> ORCPT=utf-8;j\\x{F6}rg@b.test").expects("250");
            says(c, "RCPT TO:<eve@ours.test> ORCPT=utf-8;\u7528@b.test NOTIFY=FAILURE")
                    .expects("250");
            says(c, "RCPT TO:<sue@ours.test> ORCPT=rfc822;a+2Bb@b.test").expects("250");
            says(c, "RCPT TO:<ann@ours.test> ORCPT=utf-8;j\\x{FFFFFF}rg@b.test").expects("501 5.5.4");
            says(c, "RCPT TO:<ann@ours.test> ORCPT=utf-8;j\\x{F6rg@b.test").expects("501 5.5.4");
            says(c, "RCPT TO:<ann@ours.test> ORCPT=x400;x").expects("501 5.5.4");
            says(c, "BDAT 4 LAST\r\nx: y").expects("250 2.6.0");
        }
        assertThat(ports.spool.stored.get(0).originals())
                .containsExactly("utf-8;j\u00f6rg@b.test", "utf-8;\u7528@b.test", "rfc822;a+b@b.test");
    }
}
