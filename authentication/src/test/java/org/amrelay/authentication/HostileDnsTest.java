// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.authentication.arc.ArcResult;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a domain may put into the DNS to keep a receiver busy: each has a result, soon, and after few questions. */
@Timeout(60)
class HostileDnsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
    private static final MessageContent MAIL = Mails.of("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;"
            + " d=evil.example; s=s; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\n"
            + "From: joe@evil.example\n\n");

    private static MessageVerdict evaluate(Dns dns) throws IOException {
        return new MessageAuthenticator(dns, "mx.relay.example", CLOCK)
                .evaluate(
                        InetAddress.getByName("192.0.2.1"),
                        "evil.example",
                        "joe@evil.example",
                        Mails.header(MAIL),
                        MAIL)
                .toCompletableFuture()
                .join();
    }

    /** Every TXT question has that one answer. */
    private record OneText(String text, AtomicInteger questions) implements Dns {
        @Override
        @SuppressWarnings("unchecked")
        public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
            questions.incrementAndGet();
            return CompletableFuture.completedFuture(
                    type.equals(RecordType.TXT)
                            ? (DnsAnswer<T>) DnsAnswer.of(List.of(text), false, Duration.ZERO)
                            : DnsAnswer.none(DnsAnswer.Status.NO_DATA, false, Duration.ZERO));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=spf1 ", "v=DKIM1; p=", "v=DMARC1; p=reject; rua=", "v=DKIM1; ", "v=DMARC1; ", ""})
    void aTextOf64KilobytesIsReadOnce(String start) throws IOException {
        Map<String, String> fillings = Map.of(
                "letters", "A".repeat(65_000),
                "semicolons", ";".repeat(65_000),
                "tags", "a=b;".repeat(16_000),
                "equals", "=".repeat(65_000),
                "spaces", " ".repeat(65_000),
                "terms", "a ".repeat(32_000),
                "addresses", "mailto:a@b.example,".repeat(3_400));
        for (Map.Entry<String, String> filling : fillings.entrySet()) {
            AtomicInteger questions = new AtomicInteger();
            MessageVerdict verdict = evaluate(new OneText(start + filling.getValue(), questions));
            assertThat(verdict.spf().isPass()).as(filling.getKey()).isFalse();
            assertThat(verdict.dkim()).singleElement().matches(result -> !result.isPass());
            assertThat(questions.get()).as(filling.getKey()).isLessThan(60);
        }
    }

    @Test
    void aChainOfAliasesHasAnEnd() throws IOException {
        List<String> zone = new ArrayList<>();
        for (String name : List.of("evil.example", "s._domainkey.evil.example", "_dmarc.evil.example")) {
            zone.add(name + " CNAME c0." + name + ".");
            for (int i = 0; i < 40; i++) {
                zone.add("c" + i + "." + name + " CNAME c" + (i + 1) + "." + name + ".");
            }
            zone.add("c40." + name + " TXT \"v=spf1 +all\"");
        }
        cannotBeKnown(evaluate(Zone.of(zone.toArray(String[]::new))));
    }

    @Test
    void aliasesInACircleHaveAnEnd() throws IOException {
        cannotBeKnown(evaluate(Zone.of(
                "evil.example CNAME a.evil.example.",
                "a.evil.example CNAME evil.example.",
                "s._domainkey.evil.example CNAME s._domainkey.evil.example.",
                "_dmarc.evil.example CNAME _dmarc.evil.example.")));
    }

    private static void cannotBeKnown(MessageVerdict verdict) {
        assertThat(verdict.spf().status()).isEqualTo(SpfResult.Status.TEMPERROR);
        assertThat(verdict.dkim()).singleElement().matches(result -> !result.isPass());
        assertThat(verdict.dmarc()).isInstanceOf(DmarcResult.TemporaryError.class);
        assertThat(verdict.arc().status()).isEqualTo(ArcResult.Status.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=spf1 include:evil.example -all",
                "v=spf1 redirect=evil.example",
                "v=spf1 include:%{d} -all",
                "v=spf1 redirect=%{d2}",
                "v=spf1 a:%{p} include:evil.example include:evil.example -all"
            })
    void policiesThatLeadBackToThemselvesAreAnError(String policy) throws IOException {
        AtomicInteger questions = new AtomicInteger();
        assertThat(evaluate(new OneText(policy, questions)).spf().status()).isEqualTo(SpfResult.Status.PERMERROR);
        assertThat(questions.get()).isLessThan(80);
    }

    @Test
    void aMacroBombIsNoWork() throws IOException {
        AtomicInteger questions = new AtomicInteger();
        String bomb = "v=spf1 " + ("exists:" + "%{s}%{l}%{d}%{h}".repeat(1_000) + ".evil.example ").repeat(4) + "-all";
        assertThat(evaluate(new OneText(bomb, questions)).spf().isPass()).isFalse();
        assertThat(questions.get()).isLessThan(60);
    }

    @Test
    void manyRecordsAtOneNameAreNotAllTried() throws IOException {
        List<String> zone = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            zone.add(TestKeys.txt("s._domainkey.evil.example", TestKeys.rsaRecord(TestKeys.RSA) + "; n=" + i));
            zone.add("_dmarc.evil.example TXT \"v=DMARC1; p=reject; x=" + i + "\"");
            zone.add("evil.example TXT \"v=spf1 ip4:192.0.2.1 x" + i + "=y\"");
        }
        MessageVerdict verdict = evaluate(Zone.of(zone.toArray(String[]::new)));
        assertThat(verdict.spf().status()).isEqualTo(SpfResult.Status.PERMERROR);
        assertThat(verdict.dmarc()).isInstanceOf(DmarcResult.None.class);
        assertThat(verdict.dkim()).extracting(DkimResult::status).containsExactly(DkimResult.Status.FAIL);
    }
}
