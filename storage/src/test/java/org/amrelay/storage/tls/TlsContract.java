// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.tls;

import static org.amrelay.storage.StorageContract.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.amrelay.delivery.mtasts.KeptPolicy;
import org.amrelay.delivery.mtasts.StsPolicy;
import org.amrelay.delivery.tlsreport.FailureDetail;
import org.amrelay.delivery.tlsreport.ReportedPolicy;
import org.amrelay.delivery.tlsreport.ReportedPolicy.Kind;
import org.amrelay.delivery.tlsreport.TlsCount;
import org.amrelay.delivery.tlsreport.TlsReport;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.amrelay.delivery.tlsreport.WaitingCounts;
import org.amrelay.storage.StorageContract;
import org.junit.jupiter.api.Test;

public interface TlsContract extends StorageContract {
    LocalDate DAY = LocalDate.of(2026, 3, 1);

    @Test
    default void keepsPoliciesOverARestart() {
        KeptPolicy old = new KeptPolicy(
                "a.example",
                "1",
                new StsPolicy(StsPolicy.Mode.TESTING, List.of("mx.a.example"), Duration.ofDays(7)),
                NOW);
        KeptPolicy changed = new KeptPolicy(
                "a.example",
                "2",
                new StsPolicy(StsPolicy.Mode.ENFORCE, List.of("*.a.example", "b.example"), Duration.ofDays(9)),
                NOW.plusSeconds(60));
        storage().stsPolicies().keep(old);
        storage().stsPolicies().keep(changed);

        assertThat(reopened().stsPolicies().all()).containsExactly(changed);
        storage().stsPolicies().forget("a.example");

        await().untilAsserted(() -> assertThat(storage().stsPolicies().all()).isEmpty());
    }

    @Test
    default void addsCountsUpUntilTheyAreForgotten() {
        ReportedPolicy policy = new ReportedPolicy(Kind.STS, List.of("a", "b"), "a.example", List.of("*.a.example"));
        TlsCount good = new TlsCount(DAY, policy, Optional.empty(), 3);
        TlsCount bad = new TlsCount(
                DAY, policy, Optional.of(new FailureDetail("certificate-expired", "192.0.2.1", "mx", "")), 1);
        TlsCount other = new TlsCount(DAY.plusDays(1), ReportedPolicy.none("b.example"), Optional.empty(), 5);
        done(storage().tlsCounts().add(List.of(good, bad, other)));
        done(storage().tlsCounts().add(List.of(bad)));

        assertThat(reopened().tlsCounts().days()).containsExactly(DAY, DAY.plusDays(1));
        assertThat(storage().tlsCounts().domains(DAY, "", 9)).containsExactly("a.example");
        assertThat(storage().tlsCounts().domains(DAY, "a.example", 9)).isEmpty();
        assertThat(storage().tlsCounts().counts(DAY, "a.example"))
                .containsExactlyInAnyOrder(good, new TlsCount(DAY, policy, bad.failure(), 2));
        done(storage().tlsCounts().forget(DAY, "a.example"));

        assertThat(storage().tlsCounts().days()).containsExactly(DAY.plusDays(1));
    }

    @Test
    default void sumsUpWhatWaits() {
        ReportedPolicy policy = ReportedPolicy.none("a.example");
        FailureDetail failure = new FailureDetail("starttls-not-supported", "", "mx", "");
        done(storage()
                .tlsCounts()
                .add(List.of(
                        new TlsCount(DAY, policy, Optional.empty(), 3),
                        new TlsCount(DAY, policy, Optional.of(failure), 2),
                        new TlsCount(DAY.plusDays(1), policy, Optional.of(failure), 1))));

        assertThat(reopened().tlsCounts().waiting(9))
                .containsExactly(
                        new WaitingCounts(DAY, "a.example", 3, 2),
                        new WaitingCounts(DAY.plusDays(1), "a.example", 0, 1));
        assertThat(storage().tlsCounts().waiting(1)).hasSize(1);
    }

    private static TlsReport report(String organization, String id, String domain) {
        return new TlsReport(
                organization,
                NOW.minusSeconds(86_400),
                NOW,
                "tls@" + organization,
                id,
                List.of(
                        new TlsReport.PolicyReport(
                                new ReportedPolicy(Kind.STS, List.of("a", "b"), domain, List.of("*.a.example")),
                                5,
                                3,
                                List.of(
                                        new TlsReport.Failures(
                                                new FailureDetail("certificate-expired", "192.0.2.1", "mx", ""), 2),
                                        new TlsReport.Failures(
                                                new FailureDetail("validation-failure", "192.0.2.2", "", ""), 1))),
                        new TlsReport.PolicyReport(ReportedPolicy.none(domain), 1, 0, List.of())));
    }

    @Test
    default void keepsReportsOfOthersOnce() {
        TlsReport first = report("acme", "1", "a.example");
        TlsReport second = report("globex", "1", "b.example");
        assertThat(storage().tlsReports().receive(first, NOW)).isEqualTo(TlsReportStore.Kept.NEW);
        assertThat(storage().tlsReports().receive(report("acme", "1", "c.example"), NOW))
                .isEqualTo(TlsReportStore.Kept.KNOWN);
        assertThat(storage().tlsReports().receive(second, NOW)).isEqualTo(TlsReportStore.Kept.NEW);

        assertThat(reopened().tlsReports().received("", NOW, 9)).containsExactly(second, first);
        assertThat(storage().tlsReports().received("a.example", NOW, 9)).containsExactly(first);
        assertThat(storage().tlsReports().received("", NOW, 1)).containsExactly(second);
        assertThat(storage().tlsReports().received("", NOW.plusSeconds(1), 9)).isEmpty();
    }

    @Test
    default void forgetsOldReportsOfOthersAndTakesThemAnew() {
        TlsReport report = report("acme", "1", "a.example");
        storage().tlsReports().receive(report, NOW);

        assertThat(storage().tlsReports().forgetBefore(NOW)).isZero();
        assertThat(storage().tlsReports().forgetBefore(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(storage().tlsReports().received("", NOW, 9)).isEmpty();
        assertThat(storage().tlsReports().receive(report, NOW)).isEqualTo(TlsReportStore.Kept.NEW);
        assertThat(storage().tlsReports().received("", NOW, 9)).containsExactly(report);
    }

    @Test
    default void doesNotLetTheDiskBeFilledWithReports() {
        TlsReport report = new TlsReport("acme", NOW, NOW, "", "", List.of());
        // In parallel, so that they share their syncs
        assertThat(IntStream.range(0, 5_000)
                        .parallel()
                        .mapToObj(i -> storage()
                                .tlsReports()
                                .receive(new TlsReport("acme", NOW, NOW, "", Integer.toString(i), List.of()), NOW)))
                .containsOnly(TlsReportStore.Kept.NEW);
        assertThat(storage().tlsReports().receive(report, NOW)).isEqualTo(TlsReportStore.Kept.TOO_MANY);
        assertThat(storage().tlsReports().receive(report, NOW.plus(Duration.ofDays(2))))
                .isEqualTo(TlsReportStore.Kept.NEW);
    }
}
