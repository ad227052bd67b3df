// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.suppression;

import static org.amrelay.storage.StorageContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.StorageContract;
import org.junit.jupiter.api.Test;

/** What {@link SuppressionStore} promises. */
public interface SuppressionContract extends StorageContract {
    EmailAddress BOB = EmailAddress.of("bob@far.example");
    Optional<String> ALICE = Optional.of("alice@relay.example");

    static Suppression entry(Optional<String> account, String address, Optional<Instant> until) {
        return new Suppression(account, EmailAddress.of(address), SuppressionReason.COMPLAINT, "a report", NOW, until);
    }

    private SuppressionStore store() {
        return storage().suppressions();
    }

    @Test
    default void concernsOnlyTheAccountThatItIsFor() {
        assertThat(done(store().put(List.of(entry(ALICE, "bob@far.example", Optional.empty())))))
                .isEqualTo(1);
        assertThat(store().suppressed(ALICE, BOB, NOW)).contains(SuppressionReason.COMPLAINT);
        assertThat(store().suppressed(Optional.of("eve@relay.example"), BOB, NOW))
                .isEmpty();
        assertThat(store().suppressed(Optional.empty(), BOB, NOW)).isEmpty();
        assertThat(store().suppressed(ALICE, EmailAddress.of("eve@far.example"), NOW))
                .isEmpty();
    }

    @Test
    default void anEntryForAllConcernsEverybodyWithoutRegardToCase() {
        done(store().put(List.of(entry(Optional.empty(), "Bob@FAR.example", Optional.empty()))));
        assertThat(store().suppressed(ALICE, EmailAddress.of("BOB@far.EXAMPLE"), NOW))
                .isPresent();
        assertThat(store().suppressed(Optional.empty(), BOB, NOW)).isPresent();
    }

    @Test
    default void endsInTimeAndCanBeRemoved() {
        done(store().put(List.of(entry(ALICE, "bob@far.example", Optional.of(NOW.plusSeconds(10))))));
        assertThat(store().suppressed(ALICE, BOB, NOW.plusSeconds(9))).isPresent();
        assertThat(store().suppressed(ALICE, BOB, NOW.plusSeconds(10))).isEmpty();
        assertThat(store().list(Optional.empty(), "", 0, 10, NOW.plusSeconds(10)))
                .isEmpty();
        assertThat(done(store().remove(ALICE, BOB))).isTrue();
        assertThat(done(store().remove(ALICE, BOB))).isFalse();
        assertThat(store().suppressed(ALICE, BOB, NOW)).isEmpty();
    }

    @Test
    default void aSecondEntryReplacesTheFirst() {
        done(store().put(List.of(entry(ALICE, "bob@far.example", Optional.of(NOW.plusSeconds(10))))));
        assertThat(done(store().put(List.of(entry(ALICE, "bob@far.example", Optional.empty())))))
                .isZero();
        assertThat(store().suppressed(ALICE, BOB, NOW.plusSeconds(20))).isPresent();
    }

    @Test
    default void outlivesTheProcess() {
        done(store().put(List.of(entry(ALICE, "bob@far.example", Optional.empty()))));
        SuppressionStore again = reopened().suppressions();
        assertThat(again.suppressed(ALICE, BOB, NOW)).contains(SuppressionReason.COMPLAINT);
        assertThat(again.list(ALICE, "", 0, 10, NOW))
                .extracting(listed -> listed.entry())
                .containsExactly(entry(ALICE, "bob@far.example", Optional.empty()));
    }

    @Test
    default void listsPageByPage() {
        List<Suppression> many = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(entry(i % 2 == 0 ? ALICE : Optional.empty(), "user" + i + "@far.example", Optional.empty()));
        }
        done(store().put(many));
        List<SuppressionStore.Listed> first = store().list(Optional.empty(), "", 0, 1_000, NOW);
        assertThat(first).hasSize(1_000);
        assertThat(store().list(Optional.empty(), "", first.get(999).id(), 5_000, NOW))
                .hasSize(2_000);
        assertThat(store().list(ALICE, "USER299", 0, 100, NOW)).hasSize(5);
        assertThat(many)
                .allSatisfy(each -> assertThat(store().suppressed(each.account(), each.address(), NOW))
                        .isPresent());
    }

    @Test
    default void countsHardBouncesOfTheWindowOnly() {
        Instant week = NOW.minus(Duration.ofDays(7));
        assertThat(done(store().countHardBounce("alice", BOB, NOW.minus(Duration.ofDays(8)), week)))
                .isZero();
        assertThat(done(store().countHardBounce("alice", BOB, NOW, week))).isEqualTo(1);
        assertThat(done(store().countHardBounce("eve", BOB, NOW, week))).isEqualTo(1);
        assertThat(done(store().countHardBounce("alice", BOB, NOW.plusSeconds(1), week)))
                .isEqualTo(2);
    }
}
