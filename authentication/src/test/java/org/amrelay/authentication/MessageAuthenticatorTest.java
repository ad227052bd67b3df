// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimSigner;
import org.amrelay.authentication.results.AuthenticationResultsField;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;

class MessageAuthenticatorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final Dns DNS = Zone.of(
            TestKeys.zone("example.com"),
            "example.com TXT \"v=spf1 a:mail.example.com -all\"",
            "mail.example.com A 192.0.2.1",
            "mail.example.com TXT \"v=spf1 a -all\"",
            "_dmarc.example.com TXT \"v=DMARC1; p=reject; np=quarantine\"",
            "1.2.0.192.in-addr.arpa PTR mail.example.com.");
    private static final MessageContent MAIL = Mails.of("From: joe@example.com\nSubject: Hi\n\nHello.\n");

    @Test
    void findsThatAMessageIsFromItsAuthor() throws IOException {
        DkimSigner signer = new DkimSigner(List.of(TestKeys.rsa("example.com")), Optional.empty(), CLOCK);
        MessageVerdict verdict = evaluate(
                "192.0.2.1",
                "mail.example.com",
                "joe@example.com",
                Mails.with(signer.sign(Mails.header(MAIL), MAIL), MAIL));
        String signature = verdict.dkim().get(0).signatureStart();
        assertThat(AuthenticationResultsField.write(verdict.results("mx.relay.example"))
                        .raw()
                        .replace("\r\n\t", "\n"))
                .isEqualTo("""
                        Authentication-Results: mx.relay.example;
                        iprev=pass
                         policy.iprev=192.0.2.1;
                        spf=pass
                         reason="mail.example.com: a"
                         smtp.helo=mail.example.com;
                        spf=pass
                         reason="example.com: a:mail.example.com"
                         smtp.mailfrom=joe@example.com;
                        dkim=pass
                         header.d=example.com
                         header.i=@example.com
                         header.s=rsa
                         header.a=rsa-sha256
                         header.b=%s;
                        dmarc=pass
                         header.from=example.com
                         policy.dmarc=reject;
                        arc=none""".formatted(signature.matches("[^/=]*") ? signature : '"' + signature + '"'));
    }

    @Test
    void findsThatAMessageIsNot() throws IOException {
        MessageVerdict verdict =
                evaluate("198.51.100.9", "spammer", "", Mails.of("From: joe@gone.example.com\n\nBuy\n"));
        assertThat(verdict.results("mx.relay.example").results())
                .extracting(r -> r.method() + '=' + r.result())
                .containsExactly("iprev=permerror", "spf=none", "dkim=none", "dmarc=fail", "arc=none");
        assertThat(verdict.results("mx.relay.example").of("dmarc").get(0).property("policy", "dmarc"))
                .contains("quarantine");
    }

    private static MessageVerdict evaluate(String client, String helo, String sender, MessageContent mail)
            throws IOException {
        return new MessageAuthenticator(DNS, "mx.relay.example", CLOCK)
                .evaluate(InetAddress.getByName(client), helo, sender, Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }
}
