// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.quarantine;

import static org.amrelay.storage.StorageContract.SENDER;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.handedOver;
import static org.amrelay.storage.StorageContract.mail;
import static org.amrelay.storage.StorageContract.read;
import static org.amrelay.storage.StorageContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.filtering.quarantine.Decided;
import org.amrelay.filtering.quarantine.DigestMail;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineFilter;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.filtering.quarantine.QuarantineState;
import org.amrelay.filtering.quarantine.QuarantineStore;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.RepositoryStore;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewQuarantined;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.junit.jupiter.api.Test;

public interface QuarantineContract extends StorageContract {
    EmailAddress ANN = EmailAddress.of("ann@ours.example");
    EmailAddress BEN = EmailAddress.of("ben@ours.example");
    Instant LATER_ON = NOW.plus(Duration.ofDays(30));

    private QuarantineStore mails() {
        return storage().quarantine().mails();
    }

    private static NewQuarantined kept(StoredMail mail, String subject, boolean releasable, EmailAddress... to) {
        return new NewQuarantined(
                mail,
                Arrays.asList(to),
                new QuarantineReason("spam", "SpamScoreAbove=5", "looks bad", OptionalDouble.of(7.25), "", releasable),
                "root",
                "3 All Quarantine",
                "Eve <eve@far.example>",
                subject,
                LATER_ON,
                true);
    }

    private SpoolItem taken(String name, MessageContent content, EmailAddress... to) {
        String[] addresses = Arrays.stream(to).map(EmailAddress::toString).toArray(String[]::new);
        done(storage().spool().add(NewSpoolItem.of(Spool.MAIN, mail(name, content, addresses))));
        return storage().spool().take(Spool.MAIN, NOW).orElseThrow();
    }

    private static List<RecipientFate> fates(EmailAddress... to) {
        return Arrays.stream(to)
                .map(each -> RecipientFate.of(each, RecipientState.QUARANTINED, "spam"))
                .toList();
    }

    private static SpoolOutcome outcome(List<HandedOver> deliveries, List<RecipientFate> fates, NewQuarantined kept) {
        return new SpoolOutcome(deliveries, fates, List.of(), List.of(), List.of(), List.of(kept));
    }

    private QuarantinedMail quarantined(String name, EmailAddress... to) {
        return quarantined(name, true, to);
    }

    private QuarantinedMail quarantined(String name, boolean releasable, EmailAddress... to) {
        SpoolItem item = taken(name, MessageContent.of(text("Subject: " + name + "\r\n\r\nbody of " + name)), to);
        StoredMail goingOn = new StoredMail(
                item.mail().name(),
                item.mail().envelope(),
                item.mail().content(),
                "root",
                Optional.empty(),
                Map.of(QuarantineStore.GO_ON_AFTER, "\"3\"", "org.amrelay.colour", "\"blue\""),
                item.mail().origin(),
                item.mail().lastUpdated());
        done(storage()
                .handOver()
                .complete(item.id(), outcome(List.of(), fates(to), kept(goingOn, name, releasable, to))));
        return mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 1).get(0);
    }

    private void everybodyIsAccountedFor() {
        assertThat(storage().ledger().audit().findings()).isEmpty();
        assertThat(storage().ledger().audit().unaccounted()).isZero();
    }

    private List<RecipientState> states(String name) {
        return storage().ledger().trace(name).get(0).recipients().stream()
                .map(each -> each.state())
                .toList();
    }

    @Test
    default void keepsWhatIsKnownOfAMailAlsoAfterARestart() {
        quarantined("one", ANN, BEN);

        QuarantinedMail found = reopened()
                .quarantine()
                .mails()
                .list(QuarantineFilter.kept(), Long.MAX_VALUE, 9)
                .get(0);

        assertThat(found.mailName()).isEqualTo("one");
        assertThat(found.sender()).isEqualTo(SENDER);
        assertThat(found.subject()).isEqualTo("one");
        assertThat(found.author()).isEqualTo("Eve <eve@far.example>");
        assertThat(found.reason().score()).hasValue(7.25);
        assertThat(found.reason().kind()).isEqualTo("spam");
        assertThat(found.point()).isEqualTo("3 All Quarantine");
        assertThat(found.remoteAddress()).isEqualTo("192.0.2.7");
        assertThat(found.expiresAt()).isEqualTo(LATER_ON);
        assertThat(found.recipients()).extracting(each -> each.address()).containsExactly(ANN, BEN);
        assertThat(read(mails().content(found.id()).orElseThrow())).contains("body of one");
        assertThat(states("one")).containsOnly(RecipientState.QUARANTINED);
        everybodyIsAccountedFor();
    }

    @Test
    default void releasesAMailOnItsWayWithAllThatWasKnownOfIt() {
        QuarantinedMail kept = quarantined("one", ANN, BEN);

        Decided done = mails().release(QuarantineDecision.about(List.of(kept.id()), "olga"), ReleaseManner.goOn());

        assertThat(done).isEqualTo(new Decided(1, 2, 0, 0));
        assertThat(states("one")).containsOnly(RecipientState.EXPANDED);
        assertThat(storage().ledger().trace("one").get(0).recipients().get(0).by())
                .contains("olga");
        SpoolItem item = reopened().spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(item.mail().state()).isEqualTo("root");
        assertThat(item.mail().attributes()).containsKeys(QuarantineStore.GO_ON_AFTER, "org.amrelay.colour");
        assertThat(item.mail().envelope().recipients()).hasSize(2);
        assertThat(read(item.mail().content())).contains("body of one");
        MailTrace released = storage().ledger().trace(item.mail().name()).get(0);
        assertThat(released.recipients()).allMatch(row -> row.parent().isPresent());
        assertThat(released.events()).anyMatch(event -> event.text().contains("it was mail one"));
        assertThat(mails().content(kept.id())).isEmpty();
        everybodyIsAccountedFor();
    }

    @Test
    default void aRestartedMailForgetsWhereItWas() {
        QuarantinedMail kept = quarantined("one", ANN);

        mails().release(QuarantineDecision.about(List.of(kept.id()), "olga"), new ReleaseManner(true, false));

        SpoolItem item = storage().spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(item.mail().state()).isEqualTo("root");
        assertThat(item.mail().attributes()).doesNotContainKey(QuarantineStore.GO_ON_AFTER);
    }

    @Test
    default void releasesForOneRecipientAndKeepsTheOthers() {
        QuarantinedMail kept = quarantined("one", ANN, BEN);

        assertThat(mails().release(QuarantineDecision.about(kept.id(), BEN, "ben"), ReleaseManner.goOn()))
                .isEqualTo(new Decided(1, 1, 0, 0));

        assertThat(states("one")).containsExactly(RecipientState.QUARANTINED, RecipientState.EXPANDED);
        assertThat(mails().find(kept.id()).orElseThrow().recipients())
                .extracting(each -> each.state())
                .containsExactly(QuarantineState.KEPT, QuarantineState.RELEASED);
        assertThat(read(mails().content(kept.id()).orElseThrow())).contains("body of one");
        SpoolItem item = storage().spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(item.mail().envelope().recipients())
                .extracting(each -> each.address())
                .containsExactly(BEN);
        mails().release(QuarantineDecision.about(kept.id(), ANN, "ann"), ReleaseManner.goOn());
        assertThat(storage().spool().take(Spool.MAIN, NOW).orElseThrow().mail().name())
                .isNotEqualTo(item.mail().name());
        everybodyIsAccountedFor();
    }

    @Test
    default void decidingTwiceChangesNothing() {
        QuarantinedMail kept = quarantined("one", ANN);
        QuarantineDecision decision = QuarantineDecision.about(List.of(kept.id()), "olga");
        mails().release(decision, ReleaseManner.goOn());

        assertThat(mails().release(decision, ReleaseManner.goOn())).isEqualTo(new Decided(0, 0, 1, 0));
        assertThat(mails().delete(decision)).isEqualTo(new Decided(0, 0, 1, 0));
        assertThat(mails().release(QuarantineDecision.about(List.of(4711L), "olga"), ReleaseManner.goOn()))
                .isEqualTo(Decided.NOTHING);
        assertThat(storage().spool().size(Spool.MAIN)).isEqualTo(1);
        everybodyIsAccountedFor();
    }

    @Test
    default void releasesWhatIsNotReleasableOnlyWhenTold() {
        QuarantinedMail kept = quarantined("one", false, ANN);
        QuarantineDecision decision = QuarantineDecision.about(List.of(kept.id()), "olga");

        assertThat(mails().release(decision, ReleaseManner.goOn())).isEqualTo(new Decided(0, 0, 0, 1));
        assertThat(states("one")).containsOnly(RecipientState.QUARANTINED);
        assertThat(mails().release(decision, new ReleaseManner(false, true))).isEqualTo(new Decided(1, 1, 0, 0));
    }

    @Test
    default void deletesAndExpiresByName() {
        QuarantinedMail first = quarantined("one", ANN);
        QuarantinedMail second = quarantined("two", ANN);

        assertThat(mails().delete(QuarantineDecision.about(List.of(first.id()), "olga"))
                        .recipients())
                .isEqualTo(1);
        assertThat(mails().expire(QuarantineDecision.about(List.of(second.id()), "retention"))
                        .recipients())
                .isEqualTo(1);

        assertThat(states("one")).containsOnly(RecipientState.DISCARDED);
        assertThat(storage().ledger().trace("one").get(0).recipients().get(0).by())
                .isEqualTo("deleted from quarantine by olga");
        assertThat(storage().ledger().trace("two").get(0).recipients().get(0).by())
                .isEqualTo("expired from quarantine by retention");
        assertThat(mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 9)).isEmpty();
        assertThat(mails().list(QuarantineFilter.kept().withDecided(), Long.MAX_VALUE, 9))
                .hasSize(2);
        assertThat(storage().quarantine().stock().forget(NOW, 9)).isZero();
        assertThat(storage().quarantine().stock().forget(LATER_ON, 9)).isEqualTo(2);
        assertThat(mails().find(first.id())).isEmpty();
        everybodyIsAccountedFor();
    }

    @Test
    default void sharesTheBytesWithADeliveryUntilBothAreDone() {
        SpoolItem item = taken("one", MessageContent.of(text("Subject: one\r\n\r\nshared")), ANN, BEN);
        done(storage()
                .handOver()
                .complete(
                        item.id(),
                        outcome(
                                List.of(handedOver("ben@ours.example")),
                                fates(ANN),
                                kept(item.mail(), "one", true, ANN))));
        QueuedDelivery delivery = claimed();
        done(storage()
                .deliveries()
                .report(StorageContract.report(
                        delivery, StorageContract.outcome(delivery, 0, RecipientState.DELIVERED, OK))));

        QuarantinedMail kept =
                mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 1).get(0);
        assertThat(read(mails().content(kept.id()).orElseThrow())).contains("shared");
        everybodyIsAccountedFor();
        mails().delete(QuarantineDecision.about(List.of(kept.id()), "olga"));
        assertThat(mails().content(kept.id())).isEmpty();
        everybodyIsAccountedFor();
    }

    @Test
    default void keepsAChangedHeaderAndWhatDeliveriesNeed() {
        String body = "line\r\n".repeat(1_000);
        SpoolItem item = taken("one", MessageContent.of(text("Subject: a\r\n\r\n" + body)), ANN, BEN);
        MessageContent changed = MessageContent.of(text("X-Seen: yes\r\nSubject: a\r\n\r\n" + body));
        StoredMail goingOn = new StoredMail(
                "one-1",
                item.mail().envelope(),
                changed,
                "root",
                Optional.empty(),
                Map.of(),
                item.mail().origin(),
                NOW);
        done(storage()
                .handOver()
                .complete(
                        item.id(),
                        outcome(List.of(handedOver("ben@ours.example")), fates(ANN), kept(goingOn, "one", true, ANN))));

        QuarantinedMail kept = reopened()
                .quarantine()
                .mails()
                .list(QuarantineFilter.kept(), Long.MAX_VALUE, 1)
                .get(0);
        mails().release(QuarantineDecision.about(List.of(kept.id()), "olga"), ReleaseManner.goOn());
        assertThat(read(storage()
                        .spool()
                        .take(Spool.MAIN, NOW)
                        .orElseThrow()
                        .mail()
                        .content()))
                .isEqualTo(read(changed));
        assertThat(read(claimed().content())).startsWith("Subject: a");
        everybodyIsAccountedFor();
    }

    @Test
    default void refusesToKeepBackForSomebodyWhoseFateIsAnother() {
        SpoolItem item = taken("one", MessageContent.of(text("Subject: one\r\n\r\nbody")), ANN);
        List<RecipientFate> discarded = List.of(RecipientFate.of(ANN, RecipientState.DISCARDED, "a rule"));

        assertThatThrownBy(() -> done(storage()
                        .handOver()
                        .complete(item.id(), outcome(List.of(), discarded, kept(item.mail(), "one", true, ANN)))))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kept back for ann@ours.example");
        assertThat(mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 9)).isEmpty();
    }

    @Test
    default void theLedgerForgetsNoMailThatIsKept() {
        QuarantinedMail kept = quarantined("one", ANN);

        assertThat(done(storage().ledger().forgetOlderThan(Duration.ofSeconds(-1), 9)))
                .isZero();
        mails().delete(QuarantineDecision.about(List.of(kept.id()), "olga"));
        assertThat(done(storage().ledger().forgetOlderThan(Duration.ofSeconds(-1), 9)))
                .isEqualTo(1);
    }

    @Test
    default void findsByEveryCondition() {
        quarantined("Invoice Überfällig", ANN);
        quarantined("holiday", BEN);
        QuarantineFilter all = QuarantineFilter.kept();

        assertThat(found(filter("FAR.example", "", "", "", ""))).hasSize(2);
        assertThat(found(filter("alice@", "", "", "", ""))).hasSize(2);
        assertThat(found(filter("", "ANN@", "", "", ""))).containsExactly("Invoice Überfällig");
        assertThat(found(filter("", "", "ÜBERFÄLLIG", "", ""))).containsExactly("Invoice Überfällig");
        assertThat(found(filter("", "", "", "scoreabove", ""))).hasSize(2);
        assertThat(found(filter("", "", "", "virus", ""))).isEmpty();
        assertThat(found(filter("", "", "", "", "nobody@ours.example"))).isEmpty();
        assertThat(found(all)).containsExactly("holiday", "Invoice Überfällig");
        assertThat(found(score(7.25))).hasSize(2);
        assertThat(found(score(7.26))).isEmpty();
        assertThat(found(between(Optional.of(NOW), Optional.empty()))).isEmpty();
        assertThat(found(between(Optional.of(NOW.plusMillis(1)), Optional.of(NOW))))
                .hasSize(2);
        assertThat(found(between(Optional.empty(), Optional.of(NOW.plusMillis(1)))))
                .isEmpty();
        assertThat(mails().count(all).mails()).isEqualTo(2);
        assertThat(mails().count(all).bytes()).isPositive();
        long first = mails().list(all, Long.MAX_VALUE, 1).get(0).id();
        assertThat(mails().list(all, first, 9))
                .extracting(each -> each.subject())
                .containsExactly("Invoice Überfällig");
    }

    private List<String> found(QuarantineFilter filter) {
        return mails().list(filter, Long.MAX_VALUE, 9).stream()
                .map(QuarantinedMail::subject)
                .toList();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private static QuarantineFilter filter(
            String sender, String recipient, String subject, String reason, String account) {
        return new QuarantineFilter(
                given(sender),
                given(recipient),
                given(subject),
                given(reason),
                given(account),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                false);
    }

    private static QuarantineFilter score(double least) {
        return new QuarantineFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(least),
                false);
    }

    private static QuarantineFilter between(Optional<Instant> before, Optional<Instant> since) {
        return new QuarantineFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                before,
                since,
                OptionalDouble.empty(),
                false);
    }

    @Test
    default void reportsAreWrittenDown() {
        QuarantinedMail kept = quarantined("one", ANN);

        assertThat(mails().report(kept.id(), "ham", "olga")).isTrue();
        assertThat(mails().report(4711, "ham", "olga")).isFalse();
        assertThat(mails().find(kept.id()).orElseThrow().reportedAs()).isEqualTo("ham");
        assertThat(storage().ledger().trace("one").get(0).events())
                .anyMatch(event -> event.kind().equals("reported"));
    }

    @Test
    default void knowsWhatIsDueAndHeavy() {
        QuarantinedMail first = quarantined("one", ANN, BEN);
        QuarantinedMail second = quarantined("two", ANN);
        var stock = storage().quarantine().stock();

        assertThat(stock.due(LATER_ON.minusMillis(1), 9)).isEmpty();
        assertThat(stock.due(LATER_ON, 9)).containsExactly(first.id(), second.id());
        assertThat(stock.bytes()).isEqualTo(first.size() + second.size());
        assertThat(stock.oldest(9)).extracting(each -> each.id()).containsExactly(first.id(), second.id());
        assertThat(stock.heavierThan(first.size(), 9)).containsExactly(ANN);
        assertThat(stock.keptFor(ANN, 9)).extracting(each -> each.id()).containsExactly(second.id(), first.id());
        mails().delete(QuarantineDecision.about(first.id(), ANN, "olga"));
        assertThat(stock.keptFor(ANN, 9)).extracting(each -> each.id()).containsExactly(second.id());
        assertThat(stock.oldest(9)).hasSize(2);
    }

    @Test
    default void aDigestTellsOfEachMailOnce() {
        QuarantinedMail kept = quarantined("one", ANN, BEN);
        var digests = storage().quarantine().digests();
        Instant slot = NOW.plusMillis(1);
        assertThat(digests.awaiting(NOW, "", 9)).as("nothing came before").isEmpty();
        assertThat(digests.awaiting(slot, "", 9)).containsExactly(ANN, BEN);
        assertThat(digests.awaiting(slot, ANN.toString(), 9)).containsExactly(BEN);
        assertThat(digests.newFor(ANN, 9)).hasSize(1);

        digests.send(
                new DigestMail(
                        "digest-1",
                        ANN,
                        MessageContent.of(text("Subject: digest\r\n\r\n")),
                        List.of(kept.id()),
                        Map.of()),
                slot);

        assertThat(digests.newFor(ANN, 9)).isEmpty();
        assertThat(digests.newFor(BEN, 9)).hasSize(1);
        assertThat(digests.awaiting(slot, "", 9)).containsExactly(BEN);
        SpoolItem digest = storage().spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(digest.mail().envelope().sender().isNull()).isTrue();
        quarantined("two", ANN);
        assertThat(digests.awaiting(slot, "", 9)).as("had one just now").containsExactly(BEN);
        assertThat(digests.awaiting(slot.plusMillis(1), "", 9)).containsExactly(ANN, BEN);
        everybodyIsAccountedFor();
    }

    @Test
    default void remembersWhoseMailIsWanted() {
        var allowed = storage().quarantine().allowed();
        allowed.allow(ANN, EmailAddress.of("Friend@far.example"), NOW);
        allowed.allow(ANN, EmailAddress.of("friend@far.example"), NOW);

        assertThat(allowed.isAllowed(ANN, EmailAddress.of("friend@far.example")))
                .isTrue();
        assertThat(allowed.isAllowed(BEN, EmailAddress.of("friend@far.example")))
                .isFalse();
    }

    @Test
    default void takesOverWhatRestedInARepositoryWithItsBytes() {
        SpoolItem item = taken("old", MessageContent.of(text("Subject: old\r\n\r\nrested")), ANN);
        done(storage()
                .handOver()
                .complete(
                        item.id(),
                        new SpoolOutcome(
                                List.of(),
                                fates(ANN),
                                List.of(),
                                List.of(new RepositoryStore("relay://q", "old", item.mail())),
                                List.of())));

        assertThat(storage().quarantineTakeOver().move("relay://q", "old", (mail, now) -> kept(mail, "old", true, ANN)))
                .isTrue();
        assertThat(storage().quarantineTakeOver().move("relay://q", "old", (mail, now) -> kept(mail, "old", true, ANN)))
                .isFalse();

        assertThat(storage().repositories().size("relay://q")).isZero();
        QuarantinedMail kept = reopened()
                .quarantine()
                .mails()
                .list(QuarantineFilter.kept(), Long.MAX_VALUE, 1)
                .get(0);
        assertThat(read(mails().content(kept.id()).orElseThrow())).contains("rested");
        everybodyIsAccountedFor();
        mails().release(new QuarantineDecision(List.of(kept.id()), Set.of(ANN), "olga"), ReleaseManner.goOn());
        assertThat(states("old")).containsExactly(RecipientState.EXPANDED);
        assertThat(read(storage()
                        .spool()
                        .take(Spool.MAIN, NOW)
                        .orElseThrow()
                        .mail()
                        .content()))
                .contains("rested");
        everybodyIsAccountedFor();
    }
}
