// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which strangers have talked servers into relaying; {@code ours.test} is ours, {@code other.test} is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenRelayTest {
    private Ports ports;

    @BeforeAll
    void start() {
        ports = Ports.with("AMR_RELAY_DOMAINS", "partner.test, second.test")
                .limits("<errors>1000</errors>")
                .start();
    }

    @AfterAll
    void stop() {
        ports.close();
    }

    private Client stranger(String sender) {
        return Client.greeted(ports.receive())
                .ehlo()
                .writes("MAIL FROM:<" + sender + ">")
                .expects("250");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<user@other.test>",
                "<@ours.test:user@other.test>",
                "<@ours.test,@other.test:user@third.test>",
                "<@other.test:ann@ours.test>",
                "<user%other.test@ours.test>",
                "<user%other.test@>",
                "<user%other.test>",
                "<other.test!user@ours.test>",
                "<other.test!user>",
                "<a!b!user@ours.test>",
                "<user@ours.test@other.test>",
                "<user@other.test@ours.test>",
                "<user@other.test@[127.0.0.1]>",
                "<\"user@other.test\"@ours.test>",
                "<\"user%other.test\"@ours.test>",
                "<\"other.test!user\"@ours.test>",
                "<\"user\\@other.test\"@ours.test>",
                "<\"user@other.test\">",
                "<\"user@other.test\"@>",
                "<user@[127.0.0.1]>",
                "<user@127.0.0.1>",
                "<user@[ours.test]>",
                "<user@[IPv6:::1]>",
                "<user@localhost>",
                "<user@>",
                "<user@.>",
                "<user@ours.test.>",
                "<user@.ours.test>",
                "<user@ours..test>",
                "<user@ours.test.other.test>",
                "<user@notours.test>",
                "<user@ours.test other.test>",
                "<user@ours.test\tother.test>",
                "<user@other.test,ann@ours.test>",
                "<user@other.test;ann@ours.test>",
                "<user(ann@ours.test)@other.test>",
                "<ann@ours.test(user@other.test)>",
                "<user@other.test>,<ann@ours.test>",
                "<ann@ours.test>,<user@other.test>",
                "<<user@other.test>ann@ours.test>",
                "ann@ours.test",
                "<>",
                "<@>",
                "<user@0urs.test>",
                "<user@o\u0075rs.te\u0455t>",
                "<user@\u043eurs.test>",
                "<user@ours\u3002test>",
                "<user@ours\uff0etest>",
                "<user@\uff4furs.test>",
                "<us\u00e9r@ours.test>",
                "<user@xn--urs-5cd.test>",
                "<user@#3232235777>",
                "<user@partner.test.other.test>",
                "<user%other.test@partner.test>"
            })
    void refusesEveryWayToRelay(String recipient) {
        for (String sender : new String[] {"spammer@other.test", "", "ann@ours.test", "root@localhost"}) {
            try (Client c = stranger(sender)) {
                c.writesRaw(("RCPT TO:" + recipient + "\r\n").getBytes(StandardCharsets.UTF_8));
                assertThat(c.reads()).as(recipient).startsWith("5");
                c.writes("DATA").expects("554 5.5.1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ann@ours.test>",
                "<ANN@OURS.TEST>",
                "<user@partner.test>",
                "<user@Second.Test>",
                "<\"ann b\"@ours.test>",
                "<ann+tag@ours.test>",
                "<o'neil=x@ours.test>",
                "<postmaster>"
            })
    void takesMailForOurDomainsAndThoseWeRelayFor(String recipient) {
        try (Client c = stranger("bob@other.test")) {
            c.writes("RCPT TO:" + recipient).expects("250 2.1.5");
        }
    }

    @Test
    void relaysForAnAuthenticatedAccount() {
        try (Client c = Client.inTls(ports.submissions()).authenticates("ann@ours.test", "secret")) {
            c.writes("MAIL FROM:<ann@ours.test>").expects("250");
            c.writes("RCPT TO:<user@other.test>").expects("250");
        }
    }
}
