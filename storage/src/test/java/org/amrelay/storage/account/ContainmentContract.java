// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import static org.amrelay.storage.StorageContract.delivery;
import static org.amrelay.storage.StorageContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.containment.Contained;
import org.amrelay.authentication.containment.ContainmentStore;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.ledger.Changed;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolOutcome;
import org.junit.jupiter.api.Test;

public interface ContainmentContract extends StorageContract {
    String ALICE = "alice@relay.example";
    Contained HELD = new Contained(ALICE, NOW, "containment", "203.0.113.0/24 is new", "Mail1", false, false);

    private ContainmentStore containment() {
        return storage().containment();
    }

    @Test
    default void keepsContainedAccountsOverARestart() {
        assertThat(containment().contain(HELD)).isTrue();
        assertThat(containment().contain(HELD)).isFalse();
        assertThat(containment().find(ALICE)).contains(HELD);

        assertThat(reopened().containment().all()).containsExactly(HELD);
        containment().change(HELD.afterNotice());
        assertThat(reopened().containment().find(ALICE)).contains(HELD.afterNotice());

        assertThat(containment().release(ALICE)).isTrue();
        assertThat(containment().release(ALICE)).isFalse();
        assertThat(containment().all()).isEmpty();
        assertThat(reopened().containment().all()).isEmpty();
    }

    @Test
    default void changesNobodyWhoWasReleasedMeanwhile() {
        containment().change(HELD.afterNotice());
        assertThat(containment().find(ALICE)).isEmpty();
    }

    @Test
    default void keepsBaselinesAsLongAsTheirAccount() {
        storage().accounts().add(new Account(ALICE, "hash", NOW));
        containment().keep(Map.of(ALICE, new byte[] {1, 2}), NOW.minus(Duration.ofDays(1)));
        containment().keep(Map.of(ALICE, new byte[] {3}), NOW.minus(Duration.ofDays(1)));

        assertThat(reopened().containment().baseline(ALICE)).hasValue(new byte[] {3});
        assertThat(containment().baseline("bob@relay.example")).isEmpty();

        storage().accounts().remove(ALICE);
        assertThat(containment().baseline(ALICE)).isEmpty();
    }

    @Test
    default void forgetsBaselinesThatNobodyKeptForLong() {
        containment().keep(Map.of(ALICE, new byte[] {1}), NOW);
        containment().keep(Map.of("bob@relay.example", new byte[] {1}), NOW.plusMillis(1));
        assertThat(containment().baseline(ALICE)).isEmpty();
    }

    @Test
    default void findsWhatIsHeldBySomebodyOfAnAccountsMail() {
        heldMailOfAlice("one", "containment");
        heldMailOfAlice("two", "somebody else");
        Selection contained = new Selection.Matching(
                QueueFilter.ofAccount("Alice@Relay.example", Optional.of(true), Optional.of("containment")));

        assertThat(storage().ledger().queued(contained, 0, 9))
                .extracting(entry -> entry.mailName())
                .containsExactly("one");
        assertThat(storage().ledger().impact(contained).deliveries()).isEqualTo(1);
        assertThat(done(storage().ledger().release(contained, "operator"))).isEqualTo(new Changed(1, 0));
        assertThat(storage().ledger().queued(contained, 0, 9)).isEmpty();
    }

    private void heldMailOfAlice(String name, String by) {
        StoredMail plain = StorageContract.mail(name, "bob@example.org");
        StoredMail mail = new StoredMail(
                plain.name(),
                new Envelope(
                        plain.envelope().sender(),
                        plain.envelope().recipients(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ALICE),
                        false),
                plain.content(),
                plain.state(),
                plain.errorMessage(),
                plain.attributes(),
                plain.origin(),
                plain.lastUpdated());
        long id = done(storage().spool().add(NewSpoolItem.of(Spool.MAIN, mail)));
        storage().spool().take(Spool.MAIN, NOW);
        HandedOver held = new HandedOver(delivery("bob@example.org"), SENDER, Optional.empty(), Optional.of(by));
        done(storage().handOver().complete(id, SpoolOutcome.delivering(List.of(held))));
    }
}
