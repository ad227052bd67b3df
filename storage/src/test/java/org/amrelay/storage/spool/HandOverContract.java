// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import static org.amrelay.storage.StorageContract.delivery;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.handedOver;
import static org.amrelay.storage.StorageContract.mail;
import static org.amrelay.storage.StorageContract.read;
import static org.amrelay.storage.StorageContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.ledger.RecipientTrace;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.repository.RepositoryStore;
import org.junit.jupiter.api.Test;

public interface HandOverContract extends StorageContract {
    EmailAddress BOB = EmailAddress.of("bob@example.org");
    EmailAddress CAROL = EmailAddress.of("carol@example.org");

    default long taken(String name, String... recipients) {
        long id = accepted(name, recipients);
        assertThat(storage().spool().take(Spool.MAIN, NOW)).isPresent();
        return id;
    }

    default void complete(long id, SpoolOutcome outcome) {
        done(storage().handOver().complete(id, outcome));
    }

    default void nothingIsUnaccounted() {
        assertThat(storage().ledger().audit().findings()).isEmpty();
        assertThat(storage().ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void movesAMailFromTheSpoolIntoDelivery() {
        long id = taken("one", "bob@example.org", "carol@example.org");

        complete(id, SpoolOutcome.delivering(List.of(handedOver("bob@example.org", "carol@example.org"))));

        assertThat(storage().spool().size(Spool.MAIN)).isZero();
        QueuedDelivery delivery = claimed();
        assertThat(delivery.mailName()).isEqualTo("one");
        assertThat(delivery.recipients())
                .extracting(r -> r.recipient().address())
                .containsExactly(BOB, CAROL);
        assertThat(read(delivery.content())).contains("one");
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.QUEUED);
        nothingIsUnaccounted();
    }

    @Test
    default void refusesAnOutcomeThatForgetsARecipientAndWritesNothing() {
        long id = taken("one", "bob@example.org", "carol@example.org");

        assertThatThrownBy(() -> complete(id, SpoolOutcome.delivering(List.of(handedOver("bob@example.org")))))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("carol@example.org");

        assertThat(storage().ledger().queuedCount()).isZero();
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.ACCEPTED);
        complete(id, SpoolOutcome.delivering(List.of(handedOver("bob@example.org", "carol@example.org"))));
        nothingIsUnaccounted();
    }

    @Test
    default void refusesAnItemThatNobodyClaimed() {
        long id = accepted("one", "bob@example.org");

        assertThatThrownBy(() -> complete(id, SpoolOutcome.delivering(List.of(handedOver("bob@example.org")))))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    default void recordsTheFateOfRecipientsThatAreNotDelivered() {
        long id = taken("one", "bob@example.org", "carol@example.org");

        complete(
                id,
                SpoolOutcome.ending(List.of(
                        RecipientFate.of(BOB, RecipientState.DISCARDED, "Discard: on the list"),
                        RecipientFate.of(CAROL, RecipientState.BOUNCED, "Bounce"))));

        List<RecipientTrace> recipients = storage().ledger().trace("one").get(0).recipients();
        assertThat(recipients)
                .extracting(RecipientTrace::state)
                .containsExactly(RecipientState.DISCARDED, RecipientState.BOUNCED);
        assertThat(recipients.get(0).by()).isEqualTo("Discard: on the list");
        nothingIsUnaccounted();
    }

    @Test
    default void givesExpandedRecipientsRowsOfTheirOwn() {
        long id = taken("one", "bob@example.org");

        complete(
                id,
                new SpoolOutcome(
                        List.of(handedOver("carol@example.org", "bob@example.org")),
                        List.of(new RecipientFate(BOB, RecipientState.EXPANDED, "alias", List.of(CAROL, BOB))),
                        List.of(),
                        List.of(),
                        List.of()));

        List<RecipientTrace> recipients = storage().ledger().trace("one").get(0).recipients();
        assertThat(recipients)
                .extracting(RecipientTrace::state)
                .containsExactly(RecipientState.EXPANDED, RecipientState.QUEUED, RecipientState.QUEUED);
        assertThat(recipients.get(1).parent()).hasValue(recipients.get(0).id());
        nothingIsUnaccounted();
    }

    @Test
    default void refusesAFateThatTheLedgerDoesNotAllow() {
        long id = taken("one", "bob@example.org");

        assertThatThrownBy(() -> complete(
                        id, SpoolOutcome.ending(List.of(RecipientFate.of(BOB, RecipientState.DELIVERED, "?")))))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("may not step");
    }

    @Test
    default void deliversChangedContentAlsoAfterARestart() {
        String body = "line\r\n".repeat(1_000);
        MessageContent original = MessageContent.of(text("Subject: a\r\n\r\n" + body));
        MessageContent signed = MessageContent.of(text("DKIM-Signature: x\r\nSubject: a\r\n\r\n" + body));
        MessageContent other = MessageContent.of(text("Subject: b\r\n\r\nother"));
        long id = done(storage()
                .spool()
                .add(NewSpoolItem.of(Spool.MAIN, mail("one", original, "bob@example.org", "carol@example.org"))));
        storage().spool().take(Spool.MAIN, NOW);

        complete(
                id,
                SpoolOutcome.delivering(List.of(
                        HandedOver.changed(delivery("bob@example.org"), SENDER, signed),
                        HandedOver.changed(delivery("carol@example.org"), SENDER, other))));

        List<QueuedDelivery> claimed = reopened().deliveries().claim(HOP, NOW, 9);
        assertThat(claimed).hasSize(2);
        assertThat(read(claimed.get(0).content())).isEqualTo(read(signed));
        assertThat(claimed.get(0).content().size()).isEqualTo(signed.size());
        assertThat(read(claimed.get(1).content())).isEqualTo(read(other));
        nothingIsUnaccounted();
    }

    @Test
    default void writesEverythingInOneStep() {
        long id = taken("one", "bob@example.org", "carol@example.org");

        complete(
                id,
                new SpoolOutcome(
                        List.of(handedOver("bob@example.org")),
                        List.of(RecipientFate.of(CAROL, RecipientState.QUARANTINED, "spam")),
                        List.of(NewSpoolItem.of(Spool.MAIN, mail("notice", "alice@relay.example"))),
                        List.of(new RepositoryStore("relay://quarantine", "one", mail("one", "carol@example.org"))),
                        List.of(new TraceStep("transport", "All", "RelayDelivery", 120, "2 recipients gone"))));

        var after = reopened();
        assertThat(after.spool().take(Spool.MAIN, NOW).orElseThrow().mail().name())
                .isEqualTo("notice");
        assertThat(after.repositories().keys("relay://quarantine", "", 9)).containsExactly("one");
        assertThat(after.ledger().trace("one").get(0).events())
                .anySatisfy(event -> assertThat(event.text()).contains("RelayDelivery", "2 recipients gone"));
        assertThat(after.ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void holdsADeliveryUntilItIsReleased() {
        long id = taken("one", "bob@example.org");

        complete(
                id,
                SpoolOutcome.delivering(List.of(new HandedOver(
                        delivery("bob@example.org"), SENDER, Optional.empty(), Optional.of("somebody")))));

        assertThat(storage().deliveries().claim(HOP, NOW, 1)).isEmpty();
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.HELD);
        assertThat(storage().ledger().trace("one").get(0).recipients().get(0).by())
                .isEqualTo("somebody");
        done(storage().ledger().release(new Selection.Mail("one"), "operator"));
        assertThat(storage().deliveries().claim(HOP, NOW, 1)).hasSize(1);
        nothingIsUnaccounted();
    }

    @Test
    default void endsAnItemOfAPlainQueueWithoutLedger() {
        long id = done(storage().spool().add(NewSpoolItem.of("plain", mail("one", "bob@example.org"))));
        storage().spool().take("plain", NOW);

        complete(id, SpoolOutcome.ending(List.of()));

        assertThat(storage().spool().size("plain")).isZero();
        assertThat(storage().ledger().audit().recipients()).isZero();
    }
}
