// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.amrelay.delivery.lane.VirtualClock;
import org.amrelay.delivery.tlsreport.ReportUpload.Uploaded;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports to web addresses: when they are tried, and when not any more. */
class DailyReportsTest {
    private static final String FIRST = "https://one.example/tls";
    private static final String SECOND = "https://two.example/tls";

    private final VirtualClock clock = new VirtualClock();
    private final MemoryTlsCounts counts = new MemoryTlsCounts();
    private final List<String> mails = new ArrayList<>();
    private final List<String> posts = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final Map<String, Uploaded> answers = new TreeMap<>();
    private Duration slowness = Duration.ZERO;
    private final DailyReports reports = new DailyReports(
            counts,
            Zone.of(
                    "_smtp._tls.a.example TXT \"v=TLSRPTv1; rua=" + FIRST + ",mailto:tls@a.example," + SECOND + "\"",
                    "_smtp._tls.b.example TXT \"v=TLSRPTv1; rua=" + FIRST + "\""),
            new DailyReports.Ways(
                    mail -> {
                        mails.add(mail.name());
                        return CompletableFuture.completedFuture(null);
                    },
                    this::post),
            new DailyReports.Identity("Ours", "relay.example", EmailAddress.of("post@relay.example")),
            clock);

    private CompletableFuture<Uploaded> post(String address, byte[] gzip) {
        posts.add(address);
        bodies.add(gzip);
        clock.advance(slowness);
        return CompletableFuture.completedFuture(answers.getOrDefault(address, new Uploaded.Accepted()));
    }

    @BeforeEach
    void aDayIsOver() {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        counts.add(List.of(new TlsCount(day, ReportedPolicy.none("a.example"), Optional.empty(), 5)));
        clock.advance(Duration.ofDays(1));
    }

    @Test
    void sendsToAllAddresses() throws IOException {
        assertThat(reports.run()).isEqualTo(1);
        assertThat(posts).containsExactly(FIRST, SECOND);
        assertThat(mails).hasSize(1);
        assertThat(counts.all()).isEmpty();
        assertThat(TlsReportParser.parse(bodies.get(0)).policies().get(0).successful())
                .isEqualTo(5);
    }

    // RFC 8460 §5.5
    @Test
    void triesAgainInGrowingIntervalsAndOnlyThere() {
        answers.put(SECOND, new Uploaded.Waiting("answered with status 503"));
        assertThat(reports.run()).isZero();
        assertThat(reports.run()).isZero();
        assertThat(posts).containsExactly(FIRST, SECOND);
        clock.advance(Duration.ofMinutes(30));
        reports.run();
        clock.advance(Duration.ofMinutes(30));
        reports.run();
        assertThat(posts).containsExactly(FIRST, SECOND, SECOND);
        clock.advance(Duration.ofMinutes(30));
        answers.clear();
        assertThat(reports.run()).isEqualTo(1);
        assertThat(posts).containsExactly(FIRST, SECOND, SECOND, SECOND);
        assertThat(mails).hasSize(1);
        assertThat(counts.all()).isEmpty();
    }

    @Test
    void givesUpAfterADay() {
        answers.put(SECOND, new Uploaded.Waiting("answered with status 503"));
        for (int i = 0; i < 60; i++) {
            reports.run();
            clock.advance(Duration.ofMinutes(30));
        }
        assertThat(counts.all()).isEmpty();
        assertThat(posts).filteredOn(SECOND::equals).hasSizeBetween(5, 7);
        assertThat(mails).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatIsImpossible() {
        answers.put(FIRST, new Uploaded.Impossible("no"));
        reports.run();
        assertThat(posts).containsExactly(FIRST, SECOND);
        assertThat(counts.all()).isEmpty();
    }

    @Test
    void silentHostsDoNotHoldUpTheOthersForLong() {
        LocalDate day = LocalDate.ofInstant(clock.instant().minus(Duration.ofDays(1)), ZoneOffset.UTC);
        counts.add(List.of(new TlsCount(day, ReportedPolicy.none("b.example"), Optional.empty(), 1)));
        slowness = Duration.ofMinutes(6);
        answers.put(FIRST, new Uploaded.Waiting("no answer in time"));
        answers.put(SECOND, new Uploaded.Waiting("no answer in time"));
        reports.run();
        assertThat(posts).containsExactly(FIRST, SECOND);
        slowness = Duration.ZERO;
        answers.clear();
        assertThat(reports.run()).isEqualTo(1);
        assertThat(posts).containsExactly(FIRST, SECOND, FIRST);
    }
}
