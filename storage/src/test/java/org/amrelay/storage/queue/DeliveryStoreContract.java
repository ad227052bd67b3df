// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.queue;

import static org.amrelay.storage.StorageContract.delivery;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.outcome;
import static org.amrelay.storage.StorageContract.read;
import static org.amrelay.storage.StorageContract.report;
import static org.amrelay.storage.StorageContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.spool.Spool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

public interface DeliveryStoreContract extends StorageContract {
    default DeliveryStore deliveries() {
        return storage().deliveries();
    }

    static NewMail newMail(String name, ReversePath sender, String recipient) {
        return new NewMail(
                name,
                Envelope.of(sender, List.of(EnvelopeRecipient.of(EmailAddress.of(recipient)))),
                MessageContent.of(text("Subject: " + name + "\r\n\r\n")));
    }

    default void accept(String name, NextHop hop) {
        done(deliveries().accept(newMail(name, SENDER, "bob@example.org"), List.of(delivery(hop, "bob@example.org"))));
    }

    @Test
    default void takesAMailStraightIntoDelivery() {
        accept("one", HOP);

        QueuedDelivery claimed = claimed();

        assertThat(claimed.mailName()).isEqualTo("one");
        assertThat(claimed.envelope().sender()).isEqualTo(SENDER);
        assertThat(claimed.attempts()).isZero();
        assertThat(read(claimed.content())).startsWith("Subject: one");
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.QUEUED);
    }

    @Test
    default void claimsADeliveryOnlyOnceUntilItIsGivenBack() {
        accept("one", HOP);
        long id = claimed().id();
        assertThat(deliveries().claim(HOP, NOW, 9)).isEmpty();
        assertThat(deliveries().lanes()).isEmpty();

        deliveries().unclaim(id);

        assertThat(claimed().id()).isEqualTo(id);
    }

    @Test
    default void claimsWhatWasNotReportedAgainAfterARestart() {
        accept("one", HOP);
        QueuedDelivery before = claimed();

        QueuedDelivery after = reopened().deliveries().claim(HOP, NOW, 9).get(0);

        assertThat(after).usingRecursiveComparison().ignoringFields("content").isEqualTo(before);
        assertThat(read(after.content())).isEqualTo(read(before.content()));
    }

    @Test
    default void claimsTheOldestOfTheNextHopUpToTheLimit() {
        NextHop other = NextHop.parse("host:192.0.2.9:25");
        accept("one", HOP);
        accept("two", HOP);
        accept("three", HOP);
        accept("elsewhere", other);

        assertThat(deliveries().claim(HOP, NOW, 2))
                .extracting(QueuedDelivery::mailName)
                .containsExactly("one", "two");
        assertThat(deliveries().lanes()).hasSize(2).anySatisfy(lane -> {
            assertThat(lane.nextHop()).isEqualTo(HOP);
            assertThat(lane.waiting()).isEqualTo(1);
        });
    }

    @Test
    default void endsADeliveredMailAndForgetsItsBody() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();

        done(deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));

        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.DELIVERED);
        assertThat(storage().ledger().queuedCount()).isZero();
        assertThat(storage().ledger().trace("one").get(0).recipients().get(0).lastReply())
                .contains(OK);
        assertThat(storage().ledger().audit().unaccounted()).isZero();
        assertThat(reopened().deliveries().lanes()).isEmpty();
    }

    @Test
    default void triesAgainAtTheReportedTimeThoseWhoStayQueued() {
        queued("one", "bob@example.org", "carol@example.org");
        QueuedDelivery first = claimed();

        done(deliveries()
                .report(report(
                        first,
                        outcome(first, 0, RecipientState.DELIVERED, OK),
                        outcome(first, 1, RecipientState.QUEUED, LATER))));

        assertThat(deliveries().claim(HOP, NOW, 9)).isEmpty();
        Instant later = NOW.plusSeconds(300);
        assertThat(deliveries().lanes().get(0).nextDueAt()).isEqualTo(later);
        QueuedDelivery second = reopened().deliveries().claim(HOP, later, 9).get(0);
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.recipients()).hasSize(1);
        assertThat(second.recipients().get(0).recipient().address()).hasToString("carol@example.org");
        assertThat(second.recipients().get(0).lastReply()).contains(LATER);
        assertThat(storage().ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void acceptsTheNoticeInTheSameStep() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        NewMail notice = newMail("notice", ReversePath.nullSender(), "alice@relay.example");

        done(deliveries()
                .report(new DeliveryReport(
                        claimed.id(),
                        NOW,
                        List.of(outcome(claimed, 0, RecipientState.BOUNCED, NO)),
                        NOW,
                        false,
                        List.of(notice))));

        var item = reopened().spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(item.mail().name()).isEqualTo("notice");
        assertThat(item.mail().envelope().sender().isNull()).isTrue();
        assertThat(stateOf("notice", 0)).isEqualTo(RecipientState.ACCEPTED);
        assertThat(storage().ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void rememberThatTheSenderKnowsOfTheDelay() {
        queued("one", "bob@example.org");
        QueuedDelivery first = claimed();

        done(deliveries()
                .report(new DeliveryReport(
                        first.id(),
                        NOW,
                        List.of(outcome(first, 0, RecipientState.QUEUED, LATER)),
                        NOW,
                        true,
                        List.of())));

        assertThat(claimed().delayNoticeSent()).isTrue();
    }

    @Test
    default void refusesAReportThatLeavesOutARecipientAndWritesNothing() {
        queued("one", "bob@example.org", "carol@example.org");
        QueuedDelivery claimed = claimed();

        assertThatThrownBy(() ->
                        done(deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK)))))
                .hasCauseInstanceOf(IllegalStateException.class);

        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.QUEUED);
    }

    @Test
    default void refusesAStepThatTheLedgerDoesNotAllow() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();

        assertThatThrownBy(() ->
                        done(deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.QUARANTINED, OK)))))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    default void refusesASecondReportOnTheSameClaim() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        DeliveryReport report = report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK));
        done(deliveries().report(report));

        assertThatThrownBy(() -> done(deliveries().report(report))).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    default void tellsListenersWhichNextHopChanged() {
        List<Flow> heard = new CopyOnWriteArrayList<>();
        deliveries().onChange(heard::add);

        accept("one", HOP);

        Awaitility.await()
                .untilAsserted(() -> assertThat(heard).extracting(Flow::nextHop).containsExactly(HOP));
    }
}
