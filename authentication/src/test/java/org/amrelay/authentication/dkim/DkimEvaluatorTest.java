// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimResult.Status;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimEvaluatorTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String HEADER = "From: Joe <joe@example.com>\nTo: sue@example.net\nSubject: Hi\n\n";
    private static final MessageContent MAIL = Mails.of(HEADER + "Hello,\n  world. \n\n\n");
    private static final String GOOD =
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=rsa; h=from:to:subject; ";

    @Test
    void verifiesTheExampleOfTheEd25519Standard() throws IOException {
        // RFC 8463 appendix A
        MessageContent mail = Mails.of("""
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
                 d=football.example.com; i=@football.example.com;
                 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
                 subject : date : message-id : from : subject : date;
                 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
                 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
                DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
                 d=football.example.com; i=@football.example.com;
                 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
                 date : message-id : from : subject : date;
                 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
                 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
                 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
                From: Joe SixPack <joe@football.example.com>
                To: Suzie Q <suzie@shopping.example.net>
                Subject: Is dinner ready?
                Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
                Message-ID: <20030712040037.46341.5F8J@football.example.com>

                Hi.

                We lost the game.  Are you hungry yet?

                Joe.
                """);
        Dns dns = Zone.of(
                "brisbane._domainkey.football.example.com TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"",
                "test._domainkey.football.example.com TXT \"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/b\" \"yYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB\"");
        List<DkimResult> results = evaluate(dns, mail);
        assertThat(results).extracting(DkimResult::reason).containsExactly("", "");
        assertThat(results).extracting(DkimResult::status).containsExactly(Status.PASS, Status.PASS);
        assertThat(results).extracting(DkimResult::selector).containsExactly("brisbane", "test");
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from:to:subject; | PASS |",
                "v=1; a=rsa-sha256; c=simple; d=example.com; s=rsa; h=from; | PASS |",
                "v=1; a=rsa-sha256; c=relaxed; d=example.com; s=rsa; h=from; | PASS |",
                "v=1; a=rsa-sha256; c=simple/relaxed; d=example.com; s=rsa; h=from; | PASS |",
                "v=1; a=ed25519-sha256; c=relaxed/simple; d=example.com; s=ed; h=from; | PASS |",
                "v=1; a=rsa-sha256; d=Example.COM; s=RSA; h=From:from:to:x-none; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; i=joe@news.example.com; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; i=joe@badexample.com; | PERMERROR | identity is not within the domain",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; i=joe@com; | PERMERROR | identity is not within the domain",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; i=example.com; | NEUTRAL | tag i is no identity",
                "v=1; a=rsa-sha256; d=example.com; s=strict; h=from; i=joe@news.example.com; | PERMERROR | key is not for subdomains",
                "v=1; a=rsa-sha256; d=example.com; s=strict; h=from; i=joe@example.com; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=to:subject; | PERMERROR | From is not signed",
                "v=2; a=rsa-sha256; d=example.com; s=rsa; h=from; | NEUTRAL | not a signature of version 1",
                "a=rsa-sha256; d=example.com; s=rsa; h=from; | NEUTRAL | no tag v",
                "v=1; d=example.com; s=rsa; h=from; | NEUTRAL | no tag a",
                "v=1; a=rsa-sha256; s=rsa; h=from; | NEUTRAL | no tag d",
                "v=1; a=rsa-sha256; d=example.com; h=from; | NEUTRAL | no tag s",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; | NEUTRAL | no tag h",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=; | NEUTRAL | no tag h",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from::to; | NEUTRAL | tag h has no field name",
                "v=1; a=rsa-sha256; d=example.com; d=example.com; s=rsa; h=from; | NEUTRAL | tag d twice",
                "v=1; a=rsa-sha256;; d=example.com; s=rsa; h=from; | NEUTRAL | a tag without value",
                "v=1; a=rsa-sha256; 1=2; d=example.com; s=rsa; h=from; | NEUTRAL | not a tag name",
                "v=1; a=rsa-sha256; d=exa mple.com; s=rsa; h=from; | NEUTRAL | tag d is no domain",
                "v=1; a=rsa-sha256; d=example.com; s=r*; h=from; | NEUTRAL | tag s is no domain",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; unknown=x; z=y; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; c=relaxed/strict; | NEUTRAL | no such canonicalization",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; c=relaxed/relaxed/relaxed; | NEUTRAL | no such canonicalization",
                "v=1; a=rsa-sha512; d=example.com; s=rsa; h=from; | NEUTRAL | algorithm is not known",
                "v=1; a=rsa-sha1; d=example.com; s=rsa; h=from; | POLICY | rsa-sha1 is not safe",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; q=dns/txt:other; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; q=http; | PERMERROR | key is not in the DNS",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; x=1700000001; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; x=1700000000; | PERMERROR | signature expired",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; t=1800000002; x=1800000001; | NEUTRAL | signature expires before it was made",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; x=tomorrow; | NEUTRAL | not a number",
                "v=1; a=rsa-sha256; d=example.com; s=rsa; h=from; t=1234567890123; | NEUTRAL | tag t is no time",
                "v=1; a=rsa-sha256; d=example.com; s=missing; h=from; | PERMERROR | no key",
                "v=1; a=rsa-sha256; d=example.com; s=revoked; h=from; | PERMERROR | key revoked",
                "v=1; a=rsa-sha256; d=example.com; s=broken; h=from; | TEMPERROR | *",
                "v=1; a=rsa-sha256; d=example.com; s=slow; h=from; | TEMPERROR | *",
                "v=1; a=rsa-sha256; d=example.com; s=ed; h=from; | PERMERROR | key is not for rsa-sha256",
                "v=1; a=rsa-sha256; d=example.com; s=sha1; h=from; | PERMERROR | key is not for sha256",
                "v=1; a=rsa-sha256; d=example.com; s=both; h=from; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=tlsrpt; h=from; | PERMERROR | key is not for mail",
                "v=1; a=rsa-sha256; d=example.com; s=email; h=from; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=garbage; h=from; | PERMERROR | key cannot be read: not a key for RSA",
                "v=1; a=rsa-sha256; d=example.com; s=nop; h=from; | PERMERROR | key cannot be read: no tag p",
                "v=1; a=rsa-sha256; d=example.com; s=v2; h=from; | PERMERROR | key cannot be read: not a record of version DKIM1",
                "v=1; a=rsa-sha256; d=example.com; s=latev; h=from; | PERMERROR | key cannot be read: not a record of version DKIM1",
                "v=1; a=rsa-sha256; d=example.com; s=bare; h=from; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=alien; h=from; | PERMERROR | key is not for rsa-sha256",
                "v=1; a=rsa-sha256; d=example.com; s=other; h=from; | FAIL | signature did not verify",
                "v=1; a=rsa-sha256; d=example.com; s=two; h=from; | PASS |",
                "v=1; a=rsa-sha256; d=example.com; s=short; h=from; | POLICY | RSA key of 512 bits",
                "v=1; a=rsa-sha256; d=example.com; s=testing; h=from; | PASS |",
            })
    void followsTheStandard(String tags, Status status, String reason) throws IOException {
        DkimResult result = evaluate(zone(), signed(MAIL, tags)).get(0);
        assertThat(result.status()).as(result.reason()).isEqualTo(status);
        if (!"*".equals(reason)) {
            assertThat(result.reason()).isEqualTo(reason == null ? "" : reason);
        }
        assertThat(result.testing()).isEqualTo(tags.contains("s=testing"));
    }

    @Test
    void acceptsKeysWithoutTheirUsualWrapping() throws IOException {
        // RFC 6376 §3.6.1: RSAPublicKey, although everyone publishes SubjectPublicKeyInfo
        byte[] wrapped = TestKeys.RSA.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(wrapped, 24, wrapped.length);
        Dns dns = Zone.of(TestKeys.txt(
                "rsa._domainkey.example.com", "p=" + Base64.getEncoder().encodeToString(raw)));
        assertThat(evaluate(dns, signed(MAIL, GOOD)).get(0).status()).isEqualTo(Status.PASS);
    }

    @Test
    void refusesKeysThatAreExpensiveToUse() throws Exception {

        RSAPublicKey key = (RSAPublicKey) TestKeys.RSA.getPublic();
        var spec = new RSAPublicKeySpec(key.getModulus(), BigInteger.TWO.pow(40).add(BigInteger.ONE));
        byte[] expensive = KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();
        Dns dns = Zone.of(TestKeys.txt(
                "rsa._domainkey.example.com", "p=" + Base64.getEncoder().encodeToString(expensive)));
        assertThat(evaluate(dns, signed(MAIL, GOOD)).get(0).status()).isEqualTo(Status.POLICY);
    }

    @Test
    void signsOnlyTheStartOfTheBody() throws IOException {
        String body = Mails.text(MAIL).substring((int) Mails.header(MAIL).bodyOffset());
        MessageContent mail = signed(MAIL, GOOD.replace("relaxed/relaxed", "relaxed/simple") + "l=5; ", 5);
        MessageContent changed = Mails.raw(Mails.text(mail).replace(body, "Hello to all\r\n"));
        DkimResult result = evaluate(zone(), changed).get(0);
        assertThat(result.status()).as(result.reason()).isEqualTo(Status.PASS);
        assertThat(result.wholeBody()).isFalse();
        MessageContent cut = Mails.raw(Mails.text(mail).replace(body, "H\r\n"));
        assertThat(evaluate(zone(), cut).get(0).reason()).isEqualTo("more body was signed than there is");
    }

    @Test
    void reportsEverySignatureInItsOrder() throws IOException {
        MessageContent mail = signed(signed(signed(MAIL, GOOD), GOOD + "x=1; "), "v=1; ");
        assertThat(evaluate(zone(), mail))
                .extracting(DkimResult::status)
                .containsExactly(Status.NEUTRAL, Status.PERMERROR, Status.PASS);
    }

    @Test
    void triesTenSignaturesAtMost() throws IOException {
        MessageContent mail = MAIL;
        for (int i = 0; i < 12; i++) {
            mail = signed(mail, GOOD);
        }
        assertThat(evaluate(zone(), mail)).hasSize(10);
    }

    @Test
    void findsNothingInAMessageWithoutSignatures() throws IOException {
        assertThat(evaluate(zone(), MAIL)).isEmpty();
    }

    @Test
    void noticesAFieldThatWasAddedAfterOversigning() throws IOException {
        MessageContent mail = signed(MAIL, GOOD.replace("h=from:", "h=from:from:"));
        assertThat(evaluate(zone(), mail).get(0).status()).isEqualTo(Status.PASS);
        MessageContent forged =
                Mails.raw(Mails.text(mail).replace("From: Joe", "From: Eve <e@x.example>\r\nFrom: Joe"));
        assertThat(evaluate(zone(), forged).get(0).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void picksTheLastFieldOfAName() throws IOException {
        MessageContent mail = signed(MAIL, GOOD);
        MessageContent added = Mails.raw("Subject: another\r\n" + Mails.text(mail));
        assertThat(evaluate(zone(), added).get(0).status()).isEqualTo(Status.PASS);
    }

    @Test
    void aSignatureDoesNotSignItself() throws IOException {
        // RFC 6376 §3.5, h=: the own field is not among the fields that it names, even when it is named once too often
        String tags = GOOD.replace("h=from:", "h=dkim-signature:dkim-signature:dkim-signature:from:");
        MessageContent once = signed(MAIL, tags);
        assertThat(evaluate(zone(), once)).extracting(DkimResult::status).containsExactly(Status.PASS);
        MessageContent twice = signed(once, tags);
        assertThat(evaluate(zone(), twice).get(0).status()).isEqualTo(Status.PASS);
    }

    @Test
    void whatStandsBesideAKeyDoesNotHideWhatTheKeySays() throws IOException {
        String key = TestKeys.txt("rsa._domainkey.example.com", TestKeys.rsaRecord(TestKeys.RSA));
        String text = "rsa._domainkey.example.com TXT \"something\"";
        MessageContent changed = Mails.raw(Mails.text(signed(MAIL, GOOD)).replace("Subject: Hi", "Subject: Ho"));
        for (Dns dns : List.of(Zone.of(key, text), Zone.of(text, key))) {
            assertThat(evaluate(dns, changed)).extracting(DkimResult::status).containsExactly(Status.FAIL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                " \r\n\t\r\n",
                "no line end",
                "a\rb\nc\r\n",
                "\u00e9\u0000\r\n \r\n\r\n",
                "x \t y\t\r\n"
            })
    void verifiesBodiesOfAllForms(String body) throws IOException {
        for (String forms : List.of("simple/simple", "relaxed/relaxed", "simple/relaxed", "relaxed/simple")) {
            MessageContent mail = Mails.raw("From:joe@example.com\r\nSubject:\r\n  folded\t\r\nTo :x\r\n\r\n" + body);
            MessageContent signed = signed(mail, GOOD.replace("relaxed/relaxed", forms));
            assertThat(evaluate(zone(), signed)).extracting(DkimResult::status).containsExactly(Status.PASS);
        }
    }

    private static Dns zone() {
        String p = TestKeys.rsaRecord(TestKeys.RSA).substring("v=DKIM1; k=rsa; ".length());
        String other = TestKeys.rsaRecord(TestKeys.generate("RSA", 1024));
        return Zone.of(
                "; SERVFAIL broken._domainkey.example.com",
                "; TIMEOUT slow._domainkey.example.com",
                TestKeys.zone("example.com"),
                key("strict", "v=DKIM1; t=s; " + p),
                key("revoked", "v=DKIM1; p="),
                key("sha1", "v=DKIM1; h=sha1; " + p),
                key("both", "v=DKIM1; h=sha1 : sha256; " + p),
                key("tlsrpt", "v=DKIM1; s=tlsrpt; " + p),
                key("email", "v=DKIM1; s=x:email; " + p),
                key("garbage", "v=DKIM1; p=AAAA"),
                key("nop", "v=DKIM1; k=rsa"),
                key("v2", "v=DKIM2; " + p),
                key("latev", "k=rsa; v=DKIM1; " + p),
                key("bare", "n=note; " + p),
                key("alien", "v=DKIM1; k=dsa; " + p),
                key("other", other),
                key("two", other),
                key("two", "v=DKIM1; " + p),
                key("testing", "v=DKIM1; t=y:x; " + p),
                key("short", TestKeys.rsaRecord(TestKeys.generate("RSA", 512))));
    }

    private static String key(String selector, String record) {
        return TestKeys.txt(selector + "._domainkey.example.com", record.replace(";", "\\;"));
    }

    private static MessageContent signed(MessageContent mail, String tags) throws IOException {
        return signed(mail, tags, Long.MAX_VALUE);
    }

    /** Signs with any tags, so that verifiers see what no signer of ours would write. */
    private static MessageContent signed(MessageContent mail, String tags, long limit) throws IOException {
        HeaderSection header = Mails.header(mail);
        boolean relaxedBody = tags.contains("/relaxed");
        Canonicalization headerForm = tags.contains("c=relaxed") ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
        BodyHasher hasher = new BodyHasher(relaxedBody ? Canonicalization.RELAXED : Canonicalization.SIMPLE, limit);
        BodyHasher.read(mail, header.bodyOffset(), List.of(hasher));
        String unsigned =
                "DKIM-Signature: " + tags + "bh=" + Base64.getEncoder().encodeToString(hasher.hash()) + ";\r\n b=";
        List<String> names = Optional.of(tags)
                .filter(t -> t.contains("h="))
                .map(t -> t.substring(t.indexOf("h=") + 2).split(";", 2)[0])
                .map(h -> List.of(h.split(":", -1)))
                .orElse(List.of());
        byte[] data = new SignedFields(header).octets(names, headerForm, unsigned);
        byte[] signature = tags.contains("a=ed25519")
                ? SignatureAlgorithm.ED25519_SHA256.sign(TestKeys.ED25519.getPrivate(), data)
                : SignatureAlgorithm.RSA_SHA256.sign(TestKeys.RSA.getPrivate(), data);
        return Mails.with(List.of(HeaderField.of(unsigned + Base64.getEncoder().encodeToString(signature))), mail);
    }

    static List<DkimResult> evaluate(Dns dns, MessageContent mail) throws IOException {
        return new DkimEvaluator(dns, CLOCK)
                .evaluate(Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }
}
