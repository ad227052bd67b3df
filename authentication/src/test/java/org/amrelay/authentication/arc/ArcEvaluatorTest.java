// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.arc.ArcResult.Hop;
import org.amrelay.authentication.arc.ArcResult.Status;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.BodyHasher;
import org.amrelay.authentication.dkim.Canonicalization;
import org.amrelay.authentication.dkim.SignedFields;
import org.amrelay.authentication.dkim.SigningKey;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArcEvaluatorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final Dns DNS =
            Zone.of(TestKeys.zone("one.example"), TestKeys.zone("two.example"), TestKeys.zone("three.example"));
    private static final MessageContent MAIL =
            Mails.of("From: Joe <joe@example.com>\nTo: list@one.example\nSubject: Hi\n\nHello.\n");

    @Test
    void sealsAndValidatesAlongTheWay() throws IOException {
        assertThat(evaluate(MAIL).status()).isEqualTo(Status.NONE);
        MessageContent mail = sealed(sealed(sealed(MAIL, "one.example"), "two.example"), "three.example");
        ArcResult result = evaluate(mail);
        assertThat(result.reason()).isEmpty();
        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.hops())
                .extracting(Hop::domain)
                .containsExactly("one.example", "two.example", "three.example");
        assertThat(result.hops().get(0).results().orElseThrow().of("spf").get(0).result())
                .isEqualTo("pass");
        assertThat(result.hops().get(0).results().orElseThrow().authservId()).isEqualTo("mx.one.example");
        assertThat(result.oldestPass()).isZero();
    }

    @Test
    void knowsSinceWhenNobodyChangedTheMessage() throws IOException {
        MessageContent mail = sealed(sealed(MAIL, "one.example"), "two.example");
        MessageContent changed = Mails.raw(Mails.text(mail).replace("Subject: Hi", "Subject: [list] Hi"));
        ArcResult broken = evaluate(changed);
        assertThat(broken.status()).isEqualTo(Status.FAIL);
        assertThat(broken.reason()).isEqualTo("message signature 2: signature did not verify");
        // A list validates, changes, then seals with what it had found
        MessageContent resealed = sealed(changed, evaluate(mail), "three.example");
        assertThat(evaluate(resealed).status()).isEqualTo(Status.PASS);
        assertThat(evaluate(resealed).oldestPass()).isEqualTo(3);
    }

    @Test
    void sealsABrokenChainOnceAndForEver() throws IOException {
        MessageContent broken =
                Mails.raw(Mails.text(sealed(MAIL, "one.example")).replace("Hello.", "Hullo."));
        MessageContent marked = sealed(broken, "two.example");
        ArcResult result = evaluate(marked);
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.closed()).isTrue();
        assertThat(Mails.text(sealed(marked, "three.example"))).isEqualTo(Mails.text(marked));
    }

    @ParameterizedTest(name = "{0} instead of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cv=none | cv=pass | seal 2 has no cv=pass",
                "cv=pass | cv=none | seal 1 has no cv=none",
                "i=7; a= | i=2; a= | set 2 is not whole",
                "i=51; a= | i=2; a= | ARC-Message-Signature: no instance from 1 to 50",
                "i=0; a= | i=1; a= | ARC-Message-Signature: no instance from 1 to 50",
                "i=1; mx.two | i=2; mx.two | two fields of one kind in set 1",
                "j=2; mx.two | i=2; mx.two | ARC-Authentication-Results: no instance",
                "cv=pass; h=from | cv=pass | seal 2 has a tag h",
                "a=rsa-sha1; | a=rsa-sha256; | message signature 2: algorithm is not acceptable",
                "cv=pass; cv=pass | cv=pass | ARC-Seal: tag cv twice",
                "h=to: | h=from: | message signature 2: signature did not verify",
                "g=from: | h=from: | message signature 2: no tag h",
                "h=arc-seal:from: | h=from: | message signature 2: ARC-Seal is signed",
                "c=relaxed/none | c=relaxed/relaxed | message signature 2: no such canonicalization",
                "spf=fail | spf=pass | seal 2: signature did not verify",
                "d=four.example | d=two.example | message signature 2: no key",
                "l=1; bh= | bh= | message signature 2: body hash did not verify",
                "x=1; bh= | bh= | message signature 2: expired",
            })
    void seesWhatIsWrong(String instead, String of, String reason) throws IOException {
        MessageContent mail = sealed(sealed(MAIL, "one.example"), "two.example");
        String text = Mails.text(mail);
        assertThat(text).contains(of);
        ArcResult result = evaluate(Mails.raw(text.replace(of, instead)));
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(reason);
    }

    @Test
    void readsSignaturesThatSayNeitherFormNorFields() throws IOException {
        SigningKey key = TestKeys.ed25519("one.example");
        String who = "; a=ed25519-sha256; d=one.example; s=ed; ";
        BodyHasher body = new BodyHasher(Canonicalization.RELAXED, Long.MAX_VALUE);
        BodyHasher.read(MAIL, Mails.header(MAIL).bodyOffset(), List.of(body));
        HeaderField results = HeaderField.of("ARC-Authentication-Results: i=1; mx.one.example; spf=pass");
        String message = "ARC-Message-Signature:  i=1" + who + "h=; bh="
                + Base64.getEncoder().encodeToString(body.hash()) + "; b=";
        byte[] signed = new SignedFields(Mails.header(MAIL)).octets(List.of(), Canonicalization.RELAXED, message);
        HeaderField signature = HeaderField.of(message + signature(key, signed));
        String seal = "ARC-Seal: i=1; cv=none" + who + "b=";
        byte[] sealed = SealedFields.octets(List.of(results, signature), seal);
        HeaderField sealing = HeaderField.of(seal + signature(key, sealed));
        ArcResult result = evaluate(Mails.with(List.of(sealing, signature, results), MAIL));
        assertThat(result.reason()).isEmpty();
        assertThat(result.status()).isEqualTo(Status.PASS);
    }

    private static String signature(SigningKey key, byte[] data) {
        return Base64.getEncoder().encodeToString(key.algorithm().sign(key.key(), data));
    }

    @Test
    void missesASetThatWasTakenAway() throws IOException {
        MessageContent mail = sealed(sealed(MAIL, "one.example"), "two.example");
        HeaderSection header = Mails.header(mail);
        for (int i = 0; i < 6; i++) {
            String without = Mails.text(mail).replace(header.fields().get(i).raw() + "\r\n", "");
            assertThat(evaluate(Mails.raw(without)).status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void breaksWithoutKeysButSaysSo() throws IOException {
        MessageContent mail = sealed(MAIL, "one.example");
        ArcResult result = evaluate(Zone.of("; TIMEOUT *.one.example"), mail);
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.temporary()).isTrue();
    }

    @Test
    void endsAfterFiftySets() throws IOException {
        MessageContent mail = MAIL;
        for (int i = 0; i < 50; i++) {
            mail = sealed(mail, "one.example");
        }
        assertThat(evaluate(mail).instances()).isEqualTo(50);
        assertThat(evaluate(mail).status()).isEqualTo(Status.PASS);
        assertThat(Mails.text(sealed(mail, "two.example"))).isEqualTo(Mails.text(mail));
    }

    @Property(seed = "1", tries = 1000)
    void survivesAnything(@ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String text)
            throws IOException {
        for (String name : List.of("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results")) {
            assertThat(evaluate(Mails.raw(name + ": i=1; " + text + "\r\n\r\n")).status())
                    .isEqualTo(Status.FAIL);
        }
    }

    static MessageContent sealed(MessageContent mail, String domain) throws IOException {
        return sealed(mail, evaluate(mail), domain);
    }

    private static MessageContent sealed(MessageContent mail, ArcResult chain, String domain) throws IOException {
        SigningKey key = domain.startsWith("three") ? TestKeys.ed25519(domain) : TestKeys.rsa(domain);
        AuthenticationResults results = new AuthenticationResults(
                "mx." + domain,
                List.of(
                        MethodResult.of("spf", "pass", ""),
                        MethodResult.of("arc", chain.status().word(), "")));
        return Mails.with(new ArcSealer(key, CLOCK).seal(Mails.header(mail), mail, results, chain), mail);
    }

    static ArcResult evaluate(MessageContent mail) throws IOException {
        return evaluate(DNS, mail);
    }

    private static ArcResult evaluate(Dns dns, MessageContent mail) throws IOException {
        return new ArcEvaluator(dns, CLOCK)
                .evaluate(Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }
}
