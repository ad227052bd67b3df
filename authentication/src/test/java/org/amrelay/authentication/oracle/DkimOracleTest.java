// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.authentication.arc.ArcEvaluator;
import org.amrelay.authentication.arc.ArcResult;
import org.amrelay.authentication.arc.ArcSealer;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimEvaluator;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dkim.DkimSigner;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.results.AuthenticationResultsField;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimOracleTest {
    private static final String DOMAIN = "one.example";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Dns DNS = Zone.of(TestKeys.zone(DOMAIN));
    private static final MessageContent MAIL = Mails.of("""
            Received: from a by b; Mon, 23 Nov 2026 12:00:00 +0000
            From: Joe \t <joe@one.example>
            To: sue@example.net,
             \tbob@example.net
            Subject:   Hi   there\u0020
            Date: Mon, 23 Nov 2026 12:00:00 +0000
            Message-ID: <1@one.example>
            MIME-Version: 1.0
            Authentication-Results: mx.one.example; none

            Hello,  world\u0020

            \tindented

            """);

    @BeforeAll
    static void theOracleIsThere() {
        DkimOracle.assumePresent();
    }

    @Test
    void agreesThatOurSignaturesAreGood() throws IOException {
        DkimSigner signer =
                new DkimSigner(List.of(TestKeys.rsa(DOMAIN), TestKeys.ed25519(DOMAIN)), Optional.empty(), CLOCK);
        MessageContent signed = Mails.with(signer.sign(Mails.header(MAIL), MAIL), MAIL);
        assertThat(DkimOracle.verify(signed, DOMAIN).toString()).isEqualTo("[true,true]");
    }

    @ParameterizedTest
    @CsvSource({
        "true, relaxed/relaxed, false",
        "true, simple/simple, false",
        "true, simple/relaxed, true",
        "true, relaxed/simple, true",
        "false, relaxed/relaxed, false",
        "false, simple/simple, false"
    })
    void makesSignaturesThatWeFindGood(boolean rsa, String forms, boolean length) throws IOException {
        MessageContent signed = DkimOracle.sign(MAIL, DOMAIN, rsa, forms, length);
        List<DkimResult> results = new DkimEvaluator(DNS, CLOCK)
                .evaluate(Mails.header(signed), signed)
                .toCompletableFuture()
                .join();
        assertThat(results)
                .singleElement()
                .satisfies(r -> assertThat(r.isPass()).as(r.reason()).isTrue());
    }

    @Test
    void agreesOnChainsThatBothMade() throws IOException {
        MessageContent mail = MAIL;
        for (int i = 1; i <= 4; i++) {
            mail = i % 2 == 0 ? ours(mail) : DkimOracle.seal(withResults(mail), DOMAIN);
            assertThat(evaluate(mail).reason()).isEmpty();
            assertThat(evaluate(mail).status()).isEqualTo(ArcResult.Status.PASS);
            assertThat(evaluate(mail).instances()).isEqualTo(i);
            assertThat(DkimOracle.chain(mail, DOMAIN)).isEqualTo("pass");
        }
        MessageContent changed = Mails.raw(Mails.text(mail).replace("Hello", "Hullo"));
        assertThat(DkimOracle.chain(changed, DOMAIN)).isEqualTo("fail");
        assertThat(evaluate(changed).status()).isEqualTo(ArcResult.Status.FAIL);
    }

    /** The oracle takes the state of the chain from a field of its own host, of which there may be one. */
    private static MessageContent withResults(MessageContent mail) throws IOException {
        String host = "mx." + DOMAIN;
        String text = Mails.text(mail);
        for (HeaderField field : AuthenticationResultsField.forged(Mails.header(mail), Set.of(host))) {
            text = text.replace(field.raw() + "\r\n", "");
        }
        AuthenticationResults results = new AuthenticationResults(
                host, List.of(MethodResult.of("arc", evaluate(mail).status().word(), "")));
        return Mails.with(List.of(AuthenticationResultsField.write(results)), Mails.raw(text));
    }

    private static MessageContent ours(MessageContent mail) throws IOException {
        AuthenticationResults results = new AuthenticationResults(
                "mx." + DOMAIN, List.of(MethodResult.of("arc", "pass", ""), MethodResult.of("spf", "pass", "")));
        return Mails.with(
                new ArcSealer(TestKeys.rsa(DOMAIN), CLOCK).seal(Mails.header(mail), mail, results, evaluate(mail)),
                mail);
    }

    private static ArcResult evaluate(MessageContent mail) throws IOException {
        return new ArcEvaluator(DNS, CLOCK)
                .evaluate(Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }
}
