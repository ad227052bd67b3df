// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.outcome;
import static org.amrelay.storage.StorageContract.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolOutcome;
import org.junit.jupiter.api.Test;

public interface LedgerContract extends StorageContract {
    default Ledger ledger() {
        return storage().ledger();
    }

    @Test
    default void countsEveryRecipientInItsState() {
        accepted("spooled", "a@example.org", "b@example.org");
        assertThat(ledger().audit().byState()).containsEntry(RecipientState.ACCEPTED, 2L);
        storage().spool().take("spool", NOW);
        queued("delivered", "c@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));

        Audit audit = ledger().audit();

        assertThat(audit.mails()).isEqualTo(2);
        assertThat(audit.recipients()).isEqualTo(3);
        assertThat(audit.byState())
                .containsEntry(RecipientState.ACCEPTED, 2L)
                .containsEntry(RecipientState.DELIVERED, 1L)
                .containsEntry(RecipientState.BOUNCED, 0L);
        assertThat(audit.unaccounted()).isZero();
    }

    @Test
    default void countsThoseInDoubt() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        RecipientOutcome lost =
                new RecipientOutcome(claimed.recipients().get(0).id(), RecipientState.QUEUED, LATER, "mx", "", true);
        done(storage().deliveries().report(report(claimed, lost)));

        assertThat(ledger().audit().inDoubt()).isEqualTo(1);
        assertThat(ledger().trace("one").get(0).recipients().get(0).inDoubt()).isTrue();
    }

    @Test
    default void holdsThoseInDoubtAndShowsWhy() {
        queued("one", "bob@example.org", "eve@example.org", "sue@example.org");
        QueuedDelivery claimed = claimed();
        done(storage()
                .deliveries()
                .report(report(
                        claimed,
                        new RecipientOutcome(
                                claimed.recipients().get(0).id(), RecipientState.HELD, LATER, "mx", "", true),
                        outcome(claimed, 1, RecipientState.QUEUED, LATER),
                        outcome(claimed, 2, RecipientState.DELIVERED, OK))));

        QueueFilter held = new QueueFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true));
        QueueEntry entry = ledger().queued(held, 0, 9).get(0);
        assertThat(entry.held()).isTrue();
        assertThat(entry.attempts()).isEqualTo(1);
        assertThat(entry.recipients()).hasSize(1);
        assertThat(entry.recipients().get(0).state()).isEqualTo(RecipientState.HELD);
        assertThat(entry.recipients().get(0).inDoubt()).isTrue();
        assertThat(entry.recipients().get(0).by()).isEqualTo("delivery.in-doubt");
        assertThat(ledger().audit().inDoubt()).isEqualTo(1);
        assertThat(ledger().audit().unaccounted()).isZero();
        assertThat(storage().deliveries().lanes().get(0).waiting()).isEqualTo(1);

        assertThat(done(ledger().release(new Selection.Delivery(entry.id()), "op")))
                .isEqualTo(new Changed(1, 0));
        assertThat(storage().deliveries().claim(HOP, NOW.plus(Duration.ofDays(1)), 9))
                .hasSize(2);
    }

    @Test
    default void holdsAWholeDeliveryInDoubtOverARestart() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage()
                .deliveries()
                .report(report(
                        claimed,
                        new RecipientOutcome(
                                claimed.recipients().get(0).id(), RecipientState.HELD, LATER, "mx", "", true))));
        assertThat(storage().deliveries().lanes()).isEmpty();

        var again = reopened();

        assertThat(again.deliveries().claim(HOP, NOW.plus(Duration.ofDays(1)), 9))
                .isEmpty();
        assertThat(again.ledger().audit().unaccounted()).isZero();
        assertThat(done(again.ledger().release(new Selection.Mail("one"), "op")))
                .isEqualTo(new Changed(1, 0));
        assertThat(again.deliveries().claim(HOP, NOW.plus(Duration.ofDays(1)), 9))
                .hasSize(1);
    }

    @Test
    default void tracesAMailFromAcceptanceToDelivery() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));

        MailTrace trace = ledger().trace("one").get(0);

        assertThat(trace.events()).extracting(TraceEvent::kind).containsExactly("accepted", "handed-over", "attempt");
        assertThat(trace.events().get(2).text()).contains("bob@example.org", "DELIVERED", "250 2.0.0 taken");
        assertThat(trace.origin().remoteAddress()).isEqualTo("192.0.2.7");
        assertThat(ledger().trace("unknown")).isEmpty();
    }

    @Test
    default void holdsReleasesAndCancels() {
        queued("one", "bob@example.org");
        Selection mail = new Selection.Mail("one");

        assertThat(done(ledger().hold(mail, "op"))).isEqualTo(new Changed(1, 0));
        assertThat(storage().deliveries().claim(HOP, NOW, 9)).isEmpty();
        assertThat(storage().deliveries().lanes()).isEmpty();
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.HELD);
        assertThat(ledger().audit().unaccounted()).isZero();

        assertThat(done(ledger().release(mail, "op"))).isEqualTo(new Changed(1, 0));
        assertThat(storage().deliveries().lanes()).hasSize(1);

        assertThat(done(ledger().cancel(mail, "op"))).isEqualTo(new Changed(1, 0));
        assertThat(storage().deliveries().claim(HOP, NOW, 9)).isEmpty();
        assertThat(storage().deliveries().lanes()).isEmpty();
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.CANCELLED);
        assertThat(ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void keepsAHeldDeliveryHeldOverARestart() {
        queued("one", "bob@example.org");
        done(ledger().hold(new Selection.Mail("one"), "op"));

        assertThat(reopened().deliveries().claim(HOP, NOW, 9)).isEmpty();
        assertThat(ledger().queuedCount()).isEqualTo(1);
    }

    @Test
    default void leavesADeliveryAloneThatIsBeingTried() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();

        assertThat(done(ledger().cancel(new Selection.Delivery(claimed.id()), "op")))
                .isEqualTo(new Changed(0, 1));

        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.DELIVERED);
    }

    @Test
    default void retriesAtOnceOnOrder() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.QUEUED, LATER))));
        assertThat(storage().deliveries().claim(HOP, NOW, 9)).isEmpty();

        done(ledger().retry(new Selection.Matching(QueueFilter.all()), "op"));

        assertThat(storage().deliveries().claim(HOP, NOW, 9)).hasSize(1);
    }

    @Test
    default void findsWaitingDeliveriesByWhatIsKnownOfThem() {
        queued("one", "bob@example.org");
        queued("two", "carol@example.org");
        done(ledger().hold(new Selection.Mail("two"), "op"));

        assertThat(ledger().queued(QueueFilter.all(), 0, 9))
                .extracting(QueueEntry::mailName)
                .containsExactly("one", "two");
        assertThat(ledger().queued(
                                new QueueFilter(
                                        Optional.of(HOP),
                                        Optional.of("ALICE@"),
                                        Optional.of("CAROL"),
                                        Optional.of(true)),
                                0,
                                9))
                .extracting(QueueEntry::mailName)
                .containsExactly("two");
        assertThat(ledger().queued(
                                new QueueFilter(
                                        Optional.empty(), Optional.of("nobody"), Optional.empty(), Optional.empty()),
                                0,
                                9))
                .isEmpty();
        QueueEntry first = ledger().queued(QueueFilter.all(), 0, 1).get(0);
        assertThat(ledger().queued(QueueFilter.all(), first.id(), 1))
                .extracting(QueueEntry::mailName)
                .containsExactly("two");
        assertThat(first.recipients()).hasSize(1);
    }

    @Test
    default void findsByDomainAgeAndLastReply() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.QUEUED, LATER))));
        queued("two", "carol@sub.example.org");

        assertThat(find(Optional.of("Example.org"), Optional.empty(), Optional.empty()))
                .containsExactly("one");
        assertThat(find(Optional.empty(), Optional.of(NOW), Optional.empty())).isEmpty();
        assertThat(find(Optional.empty(), Optional.of(NOW.plusSeconds(1)), Optional.empty()))
                .containsExactly("one", "two");
        assertThat(find(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(LATER.text().toUpperCase(Locale.ROOT))))
                .containsExactly("one");
        assertThat(ledger().queued(new Selection.Mail("two"), 0, 9))
                .extracting(QueueEntry::mailName)
                .containsExactly("two");
        long id = ledger().queued(new Selection.Mail("two"), 0, 9).get(0).id();
        assertThat(ledger().queued(new Selection.Delivery(id), 0, 9)).hasSize(1);
        assertThat(ledger().queued(new Selection.Delivery(id), id, 9)).isEmpty();
    }

    @Test
    default void findsWholeAddresses() {
        queued("one", "bob@example.org", "Bob@example.org", "bob@sub.example.org");
        queued("two", "bob@example.org.uk", "\"bob@example.org\"@example.com");
        queued("three", "carol@example.org", "bob@example.org");

        assertThat(whole(Optional.empty(), Optional.of("BOB@Example.org"))).containsExactly("one", "three");
        assertThat(whole(Optional.empty(), Optional.of("bob@example"))).isEmpty();
        assertThat(whole(Optional.of(SENDER.toString().toUpperCase(Locale.ROOT)), Optional.empty()))
                .containsExactly("one", "two", "three");
        assertThat(whole(Optional.of("lice@example.com"), Optional.empty())).isEmpty();
        assertThat(whole(Optional.of("nobody@example.com"), Optional.of("bob@example.org")))
                .isEmpty();
        assertThat(find(Optional.of("example.com"), Optional.empty(), Optional.empty()))
                .containsExactly("two");
        assertThat(find(Optional.of("example.org"), Optional.empty(), Optional.empty()))
                .containsExactly("one", "three");
    }

    @Test
    default void pagesThroughWhatAnIndexFinds() {
        queued("one", "bob@example.org", "carol@example.org");
        queued("two", "bob@example.org", "carol@example.org");
        Selection ofDomain = new Selection.Matching(filter(
                Optional.of("example.org"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

        List<QueueEntry> first = ledger().queued(ofDomain, 0, 1);

        assertThat(first).extracting(QueueEntry::mailName).containsExactly("one");
        assertThat(ledger().queued(ofDomain, first.get(0).id(), 1))
                .extracting(QueueEntry::mailName)
                .containsExactly("two");
        Impact impact = ledger().impact(ofDomain);
        assertThat(impact.deliveries()).isEqualTo(2);
        assertThat(impact.recipients()).isEqualTo(4);
        assertThat(impact.senders()).containsExactly(new Impact.Share(SENDER.toString(), 2));
    }

    @Test
    default void findsNoLongerWhatWasDelivered() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));

        assertThat(whole(Optional.empty(), Optional.of("bob@example.org"))).isEmpty();
        assertThat(whole(Optional.of(SENDER.toString()), Optional.empty())).isEmpty();
    }

    private List<String> whole(Optional<String> sender, Optional<String> recipient) {
        QueueFilter filter = filter(Optional.empty(), Optional.empty(), Optional.empty(), sender, recipient);
        return ledger().queued(filter, 0, 9).stream().map(QueueEntry::mailName).toList();
    }

    private static QueueFilter filter(
            Optional<String> domain,
            Optional<Instant> before,
            Optional<String> reply,
            Optional<String> sender,
            Optional<String> recipient) {
        return new QueueFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                domain,
                Optional.empty(),
                before,
                reply,
                sender,
                recipient);
    }

    private List<String> find(Optional<String> domain, Optional<Instant> before, Optional<String> reply) {
        QueueFilter filter = filter(domain, before, reply, Optional.empty(), Optional.empty());
        return ledger().queued(filter, 0, 9).stream().map(QueueEntry::mailName).toList();
    }

    @Test
    default void saysWhatAnOrderWouldTouch() {
        queued("one", "bob@example.org", "carol@example.org");
        queued("two", "dave@example.org");

        Impact impact = ledger().impact(new Selection.Matching(QueueFilter.all()));

        assertThat(impact.deliveries()).isEqualTo(2);
        assertThat(impact.recipients()).isEqualTo(3);
        assertThat(impact.bytes()).isPositive();
        assertThat(impact.senders()).containsExactly(new Impact.Share(SENDER.toString(), 2));
        assertThat(impact.nextHops()).containsExactly(new Impact.Share(HOP.toString(), 2));
        assertThat(ledger().impact(new Selection.Mail("one")).recipients()).isEqualTo(2);
    }

    @Test
    default void cancelsLaterUnlessThatIsUndone() {
        queued("one", "bob@example.org");
        queued("two", "carol@example.org");
        Instant then = NOW.plusSeconds(300);

        Changed changed = done(ledger().cancelLater(new Selection.Matching(QueueFilter.all()), true, then, "op"));

        assertThat(changed).isEqualTo(new Changed(2, 0));
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.HELD);
        assertThat(storage().deliveries().claim(HOP, then, 9)).isEmpty();
        assertThat(storage().deliveries().cancelled(then.minusMillis(1), 9)).isEmpty();
        assertThat(ledger().queued(QueueFilter.all(), 0, 9))
                .allSatisfy(entry -> assertThat(entry.cancelledAt()).contains(then));
        assertThat(done(ledger().undo("op"))).contains(new Undone("cancel", 2, 0));
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.QUEUED);
        assertThat(storage().deliveries().cancelled(then, 9)).isEmpty();
        assertThat(storage().deliveries().claim(HOP, NOW, 9)).hasSize(2);
        assertThat(done(ledger().undo("op"))).isEmpty();
        assertThat(ledger().audit().findings()).isEmpty();
    }

    @Test
    default void givesOutWhatIsCancelledWhenItsTimeHasComeAlsoAfterARestart() {
        queued("one", "bob@example.org");
        Instant then = NOW.plusSeconds(300);
        done(ledger().cancelLater(new Selection.Mail("one"), true, then, "op"));

        var cancelled = reopened().deliveries().cancelled(then, 9);

        assertThat(cancelled).hasSize(1);
        assertThat(cancelled.get(0).tellSender()).isTrue();
        assertThat(storage().deliveries().cancelled(then, 9)).isEmpty();
        QueuedDelivery delivery = cancelled.get(0).delivery();
        done(storage().deliveries().report(report(delivery, outcome(delivery, 0, RecipientState.CANCELLED, NO))));
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.CANCELLED);
        assertThat(ledger().queuedCount()).isZero();
        assertThat(ledger().audit().findings()).isEmpty();
        assertThat(ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void undoesTheLastOrderForWhatHasNotGoneOn() {
        queued("one", "bob@example.org");
        queued("two", "carol@example.org");
        done(ledger().hold(new Selection.Matching(QueueFilter.all()), "op"));
        done(ledger().release(new Selection.Mail("two"), "op"));

        assertThat(done(ledger().undo("op"))).contains(new Undone("release", 1, 0));
        assertThat(stateOf("two", 0)).isEqualTo(RecipientState.HELD);
        done(ledger().cancel(new Selection.Mail("two"), "op"));
        assertThat(done(ledger().undo("op"))).contains(new Undone("hold", 1, 1));
        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.QUEUED);
        assertThat(storage().deliveries().claim(HOP, NOW, 9)).hasSize(1);
        assertThat(ledger().audit().findings()).isEmpty();
    }

    @Test
    default void undoesARetry() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.QUEUED, LATER))));
        done(ledger().retry(new Selection.Mail("one"), "op"));

        assertThat(done(ledger().undo("op"))).contains(new Undone("retry", 1, 0));

        assertThat(storage().deliveries().claim(HOP, NOW.plusSeconds(299), 9)).isEmpty();
        assertThat(storage().deliveries().claim(HOP, NOW.plusSeconds(300), 9)).hasSize(1);
    }

    @Test
    default void remembersWhatShapingKeeps() {
        storage().shapingMemory().keep("site a", "1");
        storage().shapingMemory().keep("site a", "2");
        done(ledger().note("nobody", NOW, "wait", "for the writer"));

        assertThat(reopened().shapingMemory().load()).containsEntry("site a", "2");
    }

    @Test
    default void forgetsFinishedMailsOnly() {
        queued("one", "bob@example.org");
        QueuedDelivery claimed = claimed();
        done(storage().deliveries().report(report(claimed, outcome(claimed, 0, RecipientState.DELIVERED, OK))));
        accepted("two", "bob@example.org");

        assertThat(done(ledger().forgetOlderThan(Duration.ofSeconds(1), 10))).isZero();
        assertThat(done(ledger().forgetOlderThan(Duration.ofSeconds(-1), 10))).isEqualTo(1);

        assertThat(ledger().trace("one")).isEmpty();
        assertThat(ledger().trace("two")).hasSize(1);
        assertThat(ledger().audit().findings()).isEmpty();
    }

    @Test
    default void listsTheNewestMailFirst() {
        accepted("one", "bob@example.org");
        accepted("two", "bob@example.org");

        assertThat(ledger().recent(Long.MAX_VALUE, 9))
                .extracting(MailTrace::name)
                .containsExactly("two", "one");
    }

    @Test
    default void notesWhatOthersWantRemembered() {
        accepted("one", "bob@example.org");

        done(ledger().note("one", NOW, "policy", "let pass\nby list"));

        assertThat(ledger().trace("one").get(0).events()).contains(new TraceEvent(NOW, "policy", "let pass by list"));
    }

    @Test
    default void findsTheRecipientOfAReturnPath() {
        long id = accepted("mail-1", "bob@example.org", "carol@example.org");
        storage().spool().take(Spool.MAIN, NOW);
        NewDelivery toBob = new NewDelivery(
                HOP,
                StorageContract.delivery("bob@example.org").recipients(),
                NOW,
                NOW.plusSeconds(60),
                Optional.of(EmailAddress.of("news=v=Bob@example.net")));
        done(storage()
                .handOver()
                .complete(
                        id,
                        SpoolOutcome.delivering(List.of(
                                HandedOver.unchanged(toBob, toBob.sender(SENDER)),
                                StorageContract.handedOver("carol@example.org")))));

        assertThat(reopened().deliveries().claim(HOP, NOW, 9))
                .extracting(claimed -> claimed.envelope().sender().toString())
                .containsExactlyInAnyOrder("news=v=Bob@example.net", SENDER.toString());
        assertThat(storage().ledger().ofReturnPath("NEWS=v=bob@example.net"))
                .contains(new SentTrace("mail-1", Optional.empty(), EmailAddress.of("bob@example.org")));
        assertThat(storage().ledger().ofReturnPath(SENDER.toString())).isEmpty();
        assertThat(storage().ledger().trace("mail-1").get(0).sender()).isEqualTo(SENDER);
    }

    @Test
    default void findsTheNewestMailOfAReturnPathAlsoWithoutASpool() {
        for (String name : List.of("mail-1", "mail-2")) {
            NewDelivery toBob = new NewDelivery(
                    HOP,
                    StorageContract.delivery("bob@example.org").recipients(),
                    NOW,
                    NOW.plusSeconds(60),
                    Optional.of(EmailAddress.of("news=v=bob@example.net")));
            NewMail mail = new NewMail(
                    name, Envelope.of(SENDER, toBob.recipients()), MessageContent.of(new byte[] {'x', '\r', '\n'}));
            done(storage().deliveries().accept(mail, List.of(toBob)));
        }
        assertThat(claimed().envelope().sender().toString()).isEqualTo("news=v=bob@example.net");
        assertThat(storage().ledger().ofReturnPath("news=v=bob@example.net"))
                .map(SentTrace::mailName)
                .contains("mail-2");
    }
}
