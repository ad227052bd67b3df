// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.MessageAuthenticator;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimSigner;
import org.amrelay.authentication.report.AggregateReportWriter.ReportFile;
import org.amrelay.authentication.report.ReceivedReport.Row;
import org.amrelay.authentication.report.ReportStore.Counted;
import org.amrelay.authentication.report.ReportStore.CountedRow;
import org.amrelay.authentication.report.ReportStore.DueReport;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;

class ObservationTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
    private static final MessageContent MAIL = Mails.of("From: joe@sub.example.com\nSubject: Hi\n\nHello.\n");
    private static final Dns DNS = Zone.of(
            TestKeys.zone("example.com"),
            "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"",
            "sub.example.com A 192.0.2.1",
            "_dmarc.example.com TXT \"v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@example.com,mailto:x@a.example\"",
            "_dmarc.silent.example TXT \"v=DMARC1; p=reject\"");

    private static MessageVerdict evaluate(String client, String sender, MessageContent mail) throws IOException {
        return new MessageAuthenticator(DNS, "mx.relay.example", CLOCK)
                .evaluate(InetAddress.getByName(client), "a.example", sender, Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }

    private static MessageContent signed() throws IOException {
        DkimSigner signer = new DkimSigner(List.of(TestKeys.rsa("example.com")), Optional.empty(), CLOCK);
        return Mails.with(signer.sign(Mails.header(MAIL), MAIL), MAIL);
    }

    private static ReceivedReport reread(Map<Observation, Disposition> observations) {
        List<CountedRow> rows = new ArrayList<>();
        observations.forEach((seen, done) -> rows.add(new CountedRow(new Counted(20_000, seen, done).record(), 3)));
        Observation first = observations.keySet().iterator().next();
        DueReport due = new DueReport(20_000, first.domain(), first.destinations(), first.policy());
        ReportFile file = new AggregateReportWriter("mx.relay.example", "postmaster@mx.relay.example").write(due, rows);
        assertThat(file.name())
                .matches("mx\\.relay\\.example!example\\.com!1728000000!1728086399![0-9a-f]{16}\\.xml\\.gz");
        return ReportUnpacker.read(file.gzip()).fold(read -> read, why -> {
            throw new AssertionError(why);
        });
    }

    @Test
    void whatIsWrittenCanBeReadAgain() throws IOException {
        Observation passed = Observation.of(evaluate("192.0.2.1", "joe@example.com", signed()), "example.com")
                .orElseThrow();
        Observation failed =
                Observation.of(evaluate("198.51.100.9", "", MAIL), "").orElseThrow();

        assertThat(passed.domain()).isEqualTo("example.com");
        assertThat(passed.destinations()).isEqualTo("mailto:d@example.com mailto:x@a.example");
        assertThat(Observation.parse(passed.text())).contains(passed);
        assertThat(Observation.parse("something else")).isEmpty();
        ReceivedReport report = reread(Map.of(passed, Disposition.NONE, failed, Disposition.QUARANTINE));
        assertThat(report.organization()).isEqualTo("mx.relay.example");
        assertThat(report.policy()).isEqualTo("reject");
        assertThat(report.rows())
                .containsExactlyInAnyOrder(
                        new Row("192.0.2.1", "sub.example.com", "pass", true, true, 3),
                        new Row("198.51.100.9", "sub.example.com", "quarantine", false, false, 3));
    }

    @Test
    void saysWhenLessWasDoneThanAskedFor() throws IOException {
        Observation failed =
                Observation.of(evaluate("198.51.100.9", "", MAIL), "").orElseThrow();

        assertThat(failed.recordWith(Disposition.QUARANTINE)).doesNotContain("reason");
        assertThat(failed.recordWith(Disposition.NONE))
                .contains("<reason><type>local_policy</type></reason></policy_evaluated>");
    }

    @Test
    void nobodyIsToldWhoDoesNotAsk() throws IOException {
        assertThat(Observation.of(evaluate("192.0.2.1", "", Mails.of("From: a@silent.example\n\n")), ""))
                .isEmpty();
        assertThat(Observation.of(evaluate("192.0.2.1", "", Mails.of("From: a@none.example\n\n")), ""))
                .isEmpty();
    }

    @Test
    void nothingFromOutsideGetsOutOfItsElement() {
        assertThat(new Xml().element("a", "</a><b>&\u0000\u0007]]>").toString())
                .isEqualTo("<a>&lt;/a&gt;&lt;b&gt;&amp;??]]&gt;</a>");
        assertThat(new Xml().element("a", "x".repeat(1000)).toString()).hasSize(255 + 7);
    }

    @Test
    void countsAreKeptWhenTheStoreFails() throws IOException {
        Observation seen =
                Observation.of(evaluate("198.51.100.9", "", MAIL), "").orElseThrow();
        VerdictCounts counts = new VerdictCounts(CLOCK);
        counts.record(seen, Disposition.NONE);
        counts.record(seen, Disposition.NONE);
        RecordingStore store = new RecordingStore();

        store.fails = true;
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> counts.writeTo(store))
                .isInstanceOf(IllegalStateException.class);
        store.fails = false;
        assertThat(counts.writeTo(store)).isZero();
        counts.writeTo(store);

        assertThat(store.counted).hasSize(1);
        assertThat(store.counted.get(0).values()).containsExactly(2L);
    }

    @Test
    void boundsWhatItHolds() {
        VerdictCounts counts = new VerdictCounts(CLOCK);
        for (int i = 0; i < 20_010; i++) {
            counts.record(new Observation("d" + i, "", "", "", ""), Disposition.NONE);
        }
        assertThat(counts.writeTo(new RecordingStore())).isEqualTo(10);
    }
}
