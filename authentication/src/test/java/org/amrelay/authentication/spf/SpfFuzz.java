// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.spf.SpfResult.Status;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;

class SpfFuzz {
    /** RFC 7208 §4.6.4: ten terms, ten hosts behind each; the record itself, its explanation, and names of the client. */
    private static final int MOST_QUESTIONS = 1 + 10 + 100 + 1 + 11;

    @Provide
    static Arbitrary<String> terms() {
        List<String> pieces = new ArrayList<>(List.of(
                "a",
                "mx",
                "ptr",
                "all",
                "include",
                "exists",
                "ip4",
                "ip6",
                "redirect",
                "exp",
                "x",
                ":",
                "=",
                "/",
                "//",
                "24",
                "64",
                "-",
                "~",
                "?",
                "+",
                " ",
                "  ",
                ".",
                "example.com",
                "mx.example.com",
                "loop.example.com",
                "192.0.2.1",
                "2001:db8::1",
                "%%",
                "%_",
                "%-",
                "%{",
                "}",
                "r",
                "2",
                "\t",
                "ü"));
        Stream.of("s", "l", "o", "d", "i", "p", "h", "v", "c", "r", "t").forEach(m -> pieces.add("%{" + m + '}'));
        return Arbitraries.of(pieces).list().ofMaxSize(20).map(list -> "v=spf1 " + String.join("", list));
    }

    @Property(seed = "1", tries = 3000)
    void everyRecordHasAResultAndASmallPrice(@ForAll("terms") String record) {
        AtomicInteger questions = new AtomicInteger();
        SpfResult result = SpfEvaluatorTest.evaluate(
                answering(record, questions),
                SpfQuery.mailFrom(SpfEvaluatorTest.address("192.0.2.1"), "h.example", "joe@loop.example.com"));
        assertThat(result.status()).isNotNull();
        assertThat(questions.get()).isLessThanOrEqualTo(MOST_QUESTIONS);
    }

    @Property(seed = "1", tries = 3000)
    void anyTextIsReadOrRefused(@ForAll @StringLength(max = 80) @CharRange(from = ' ', to = '~') String text) {
        assertThat(SpfRecordParser.parse("v=spf1 " + text)).isNotNull();
    }

    @Test
    void theWorstRecordStaysWithinTheLimits() {
        AtomicInteger questions = new AtomicInteger();
        SpfResult result = SpfEvaluatorTest.evaluate(
                answering("v=spf1 " + "mx:%{p}.example.com ".repeat(11), questions),
                SpfQuery.mailFrom(SpfEvaluatorTest.address("192.0.2.1"), "h.example", "joe@loop.example.com"));
        assertThat(result.status()).isEqualTo(Status.PERMERROR);
        assertThat(questions.get()).isBetween(100, MOST_QUESTIONS);
    }

    @Test
    void aRecordFullOfMacrosIsCheap() {
        // 64 KB that would expand to many megabytes, ten times
        String bomb = "exists:" + "%{s}".repeat(15_000) + ".example.com ";
        String sender = "x".repeat(200) + "@loop.example.com";
        SpfQuery query = SpfQuery.mailFrom(SpfEvaluatorTest.address("192.0.2.1"), "h.example", sender);
        SpfResult result =
                SpfEvaluatorTest.evaluate(answering("v=spf1 " + bomb.repeat(10), new AtomicInteger()), query);
        assertThat(result.status()).isIn(Status.NEUTRAL, Status.PERMERROR);
        SpfResult explained = SpfEvaluatorTest.evaluate(
                Zone.of(
                        "loop.example.com TXT \"v=spf1 -all exp=x.example.com\"",
                        "x.example.com TXT" + (" \"" + "%{s}".repeat(60) + '"').repeat(100)),
                query);
        assertThat(explained.status()).isEqualTo(Status.FAIL);
        assertThat(explained.explanation()).isEmpty();
    }

    /** Every name has the record, ten exchangers, ten names of the client, and addresses of others. */
    private static Dns answering(String record, AtomicInteger questions) {
        List<String> exchangers = new ArrayList<>();
        List<String> pointers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            exchangers.add("any.example MX 10 mx" + i + ".example.");
            pointers.add("any.example PTR h" + i + ".example.");
        }
        Dns zone = Zone.of(String.join("\n", exchangers), String.join("\n", pointers), "any.example A 198.51.100.1");
        return new Dns() {
            @Override
            public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                questions.incrementAndGet();
                if (type.equals(RecordType.TXT)) {
                    return CompletableFuture.completedFuture(cast(List.of(record)));
                }
                return zone.query("any.example", type);
            }

            @SuppressWarnings("unchecked")
            private <T> DnsAnswer<T> cast(List<String> records) {
                return (DnsAnswer<T>) DnsAnswer.of(records, false, Duration.ZERO);
            }
        };
    }
}
