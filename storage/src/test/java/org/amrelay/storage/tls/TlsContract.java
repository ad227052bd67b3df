// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.tls;

import static org.amrelay.storage.StorageContract.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.mtasts.KeptPolicy;
import org.amrelay.delivery.mtasts.StsPolicy;
import org.amrelay.delivery.tlsreport.FailureDetail;
import org.amrelay.delivery.tlsreport.ReportedPolicy;
import org.amrelay.delivery.tlsreport.ReportedPolicy.Kind;
import org.amrelay.delivery.tlsreport.TlsCount;
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
}
