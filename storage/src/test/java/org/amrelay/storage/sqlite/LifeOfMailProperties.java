// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.HOP;
import static org.amrelay.storage.StorageContract.LATER;
import static org.amrelay.storage.StorageContract.NOW;
import static org.amrelay.storage.StorageContract.SENDER;
import static org.amrelay.storage.StorageContract.delivery;
import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineFilter;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.ledger.Audit;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.RepositoryStore;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewQuarantined;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;

/** Whatever happens in whichever order, also on a disk that fails now and then: every recipient is accounted for. */
class LifeOfMailProperties {
    private static final class Relay implements AutoCloseable {
        private final Path directory = Files.createTempDirectory("life-of-mail");
        private final Random random;
        private boolean diskFails;
        private SqliteEngine engine;
        private int names;
        private long accepted;

        private Relay(long seed) throws IOException {
            random = new Random(seed);
            engine = open();
        }

        private SqliteEngine open() {
            SqliteSettings settings = SqliteSettings.defaults()
                    .withFreshBytes(random.nextBoolean() ? 0 : 4_000)
                    .withInlineBody(200);
            Faults faults = point -> {
                if (diskFails) {
                    throw new IOException("Input/output error");
                }
            };
            return SqliteEngine.open(directory, Clock.fixed(NOW, ZoneOffset.UTC), settings, faults);
        }

        private void carryOut(LifeStep step) {
            try {
                switch (step) {
                    case ADD -> add();
                    case LET_OUT ->
                        accepted += engine.quarantine()
                                .mails()
                                .release(someKept(), ReleaseManner.goOn())
                                .mails();
                    case THROW_OUT -> engine.quarantine().mails().delete(someKept());
                    case HAND_OVER, QUARANTINE, KEEP_BACK, EXPAND, RETRY_ITEM, GIVE_ITEM_BACK -> process(step);
                    case REMOVE_ITEMS -> done(engine.spool().removeIf(Spool.MAIN, item -> random.nextInt(4) == 0));
                    case DELIVER -> attempt(RecipientState.DELIVERED);
                    case DEFER -> attempt(RecipientState.QUEUED);
                    case BOUNCE -> attempt(RecipientState.BOUNCED);
                    case GIVE_DELIVERY_BACK ->
                        claim().ifPresent(d -> engine.deliveries().unclaim(d.id()));
                    case HOLD -> done(engine.ledger().hold(some(), "operator"));
                    case RELEASE -> done(engine.ledger().release(some(), "operator"));
                    case CANCEL -> done(engine.ledger().cancel(some(), "operator"));
                    case RETRY -> done(engine.ledger().retry(some(), "operator"));
                    case FORGET -> done(engine.ledger().forgetOlderThan(Duration.ofSeconds(1), 10));
                    case RESTART -> restart();
                    case DISK_FAILS -> diskFails = true;
                    case DISK_WORKS -> diskFails = false;
                }
            } catch (StorageUnavailable e) {
                assertThat(diskFails).isTrue();
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StorageUnavailable.class);
                assertThat(diskFails).isTrue();
            }
        }

        private void restart() {
            diskFails = false;
            engine.close();
            engine = open();
        }

        private void add() {
            String[] to = new String[1 + random.nextInt(3)];
            for (int i = 0; i < to.length; i++) {
                to[i] = "user" + i + "@example.org";
            }
            MessageContent content = MessageContent.of(new byte[random.nextInt(400)]);
            done(engine.spool().add(NewSpoolItem.of(Spool.MAIN, mail("mail" + names++, content, to))));
            accepted++;
        }

        private void process(LifeStep step) {
            Optional<SpoolItem> taken = engine.spool().take(Spool.MAIN, NOW.plusSeconds(random.nextInt(100)));
            if (taken.isEmpty()) {
                return;
            }
            SpoolItem item = taken.get();
            try {
                switch (step) {
                    case HAND_OVER -> done(engine.handOver().complete(item.id(), handOver(item)));
                    case QUARANTINE -> done(engine.handOver().complete(item.id(), quarantine(item)));
                    case KEEP_BACK -> done(engine.handOver().complete(item.id(), keepBack(item)));
                    case EXPAND -> done(engine.handOver().complete(item.id(), expand(item)));
                    case RETRY_ITEM -> done(engine.spool().retry(item.id(), NOW.plusSeconds(50), "a test"));
                    default -> engine.spool().unclaim(item.id());
                }
            } catch (CompletionException e) {
                engine.spool().unclaim(item.id());
                throw e;
            }
        }

        private SpoolOutcome handOver(SpoolItem item) {
            List<HandedOver> deliveries = new ArrayList<>();
            for (EnvelopeRecipient recipient : item.mail().envelope().recipients()) {
                Optional<MessageContent> changed = random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(MessageContent.of(new byte[random.nextInt(400)]));
                deliveries.add(new HandedOver(
                        delivery(recipient.address().toString()),
                        SENDER,
                        changed,
                        random.nextInt(4) == 0 ? Optional.of("a test") : Optional.empty()));
            }
            return SpoolOutcome.delivering(deliveries);
        }

        private SpoolOutcome quarantine(SpoolItem item) {
            List<RecipientFate> fates = item.mail().envelope().recipients().stream()
                    .map(to -> RecipientFate.of(to.address(), RecipientState.QUARANTINED, "a test"))
                    .toList();
            RepositoryStore stored =
                    new RepositoryStore("relay://q", item.mail().name(), item.mail());
            return new SpoolOutcome(List.of(), fates, List.of(), List.of(stored), List.of());
        }

        /** The first copy is kept back, with other bytes now and then; the others are delivered. */
        private SpoolOutcome keepBack(SpoolItem item) {
            List<EnvelopeRecipient> to = item.mail().envelope().recipients();
            EmailAddress first = to.get(0).address();
            List<HandedOver> deliveries = to.stream()
                    .skip(1)
                    .map(each -> HandedOver.unchanged(delivery(each.address().toString()), SENDER))
                    .toList();
            StoredMail mail = random.nextBoolean()
                    ? item.mail()
                    : mail(item.mail().name(), MessageContent.of(new byte[random.nextInt(400)]), first.toString());
            NewQuarantined kept = new NewQuarantined(
                    mail,
                    List.of(first),
                    new QuarantineReason("spam", "a test", "", OptionalDouble.empty(), "", true),
                    "root",
                    "",
                    "",
                    "",
                    NOW,
                    true);
            return new SpoolOutcome(
                    deliveries,
                    List.of(RecipientFate.of(first, RecipientState.QUARANTINED, "a test")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(kept));
        }

        private QuarantineDecision someKept() {
            List<Long> ids = engine.quarantine().mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 100).stream()
                    .map(QuarantinedMail::id)
                    .filter(id -> random.nextBoolean())
                    .toList();
            return QuarantineDecision.about(ids, "operator");
        }

        private SpoolOutcome expand(SpoolItem item) {
            List<EnvelopeRecipient> to = item.mail().envelope().recipients();
            EmailAddress alias = to.get(0).address();
            EmailAddress member = EmailAddress.of("member@example.org");
            List<RecipientFate> fates = new ArrayList<>();
            fates.add(new RecipientFate(alias, RecipientState.EXPANDED, "alias", List.of(member)));
            to.stream()
                    .skip(1)
                    .forEach(other -> fates.add(RecipientFate.of(other.address(), RecipientState.DISCARDED, "a test")));
            HandedOver one = HandedOver.unchanged(delivery(member.toString()), SENDER);
            return new SpoolOutcome(List.of(one), fates, List.of(), List.of(), List.of());
        }

        private Optional<QueuedDelivery> claim() {
            return engine.deliveries().claim(HOP, NOW.plusSeconds(random.nextInt(600)), 1).stream()
                    .findFirst();
        }

        private void attempt(RecipientState state) {
            Optional<QueuedDelivery> claimed = claim();
            if (claimed.isEmpty()) {
                return;
            }
            QueuedDelivery delivery = claimed.get();
            List<RecipientOutcome> outcomes = new ArrayList<>();
            for (QueuedRecipient recipient : delivery.recipients()) {
                outcomes.add(new RecipientOutcome(recipient.id(), state, LATER, "", "", random.nextBoolean()));
            }
            List<NewMail> notices = new ArrayList<>();
            if (state == RecipientState.BOUNCED) {
                notices.add(new NewMail(
                        "notice" + names++,
                        Envelope.of(
                                ReversePath.nullSender(),
                                List.of(EnvelopeRecipient.of(EmailAddress.of("alice@relay.example")))),
                        MessageContent.of(new byte[random.nextInt(400)])));
            }
            Instant next = NOW.plusSeconds(300);
            try {
                done(engine.deliveries()
                        .report(new DeliveryReport(delivery.id(), NOW, outcomes, next, false, notices)));
                accepted += notices.size();
            } catch (CompletionException e) {
                engine.deliveries().unclaim(delivery.id());
                throw e;
            }
        }

        private Selection some() {
            return random.nextBoolean()
                    ? new Selection.Matching(QueueFilter.all())
                    : new Selection.Mail("mail" + random.nextInt(names + 1));
        }

        private void accountsForEveryone() {
            Audit audit = engine.ledger().audit();
            assertThat(audit.findings()).isEmpty();
            assertThat(audit.unaccounted()).isZero();
            assertThat(audit.mails()).isEqualTo(accepted);
            long open =
                    audit.byState().get(RecipientState.QUEUED) + audit.byState().get(RecipientState.HELD);
            List<QueueEntry> queue = engine.ledger().queued(QueueFilter.all(), 0, 10_000);
            assertThat(queue.stream()
                            .mapToLong(entry -> entry.recipients().size())
                            .sum())
                    .isEqualTo(open);
            long notHeld = queue.stream().filter(entry -> !entry.held()).count();
            assertThat(engine.deliveries().lanes().stream()
                            .mapToLong(lane -> lane.waiting())
                            .sum())
                    .isEqualTo(notHeld);
            assertThat(engine.spool().browse(Spool.MAIN, 0, 10_000))
                    .hasSize((int) engine.spool().size(Spool.MAIN));
        }

        /** After everything has been worked off, nothing is left to hold bytes for. */
        private void endsEmpty() throws IOException {
            diskFails = false;
            engine.quarantine()
                    .mails()
                    .delete(QuarantineDecision.about(engine.quarantine().stock().due(NOW, 10_000), "the end"));
            done(engine.spool().clear(Spool.MAIN));
            done(engine.ledger().cancel(new Selection.Matching(QueueFilter.all()), "the end"));
            for (String url : engine.repositories().urls()) {
                done(engine.repositories().removeAll(url));
            }
            accountsForEveryone();
            long bodies = done(engine.<Long>submit(tables -> tables.number("SELECT count(*) FROM content")));
            assertThat(bodies).isZero();
            try (Stream<Path> files = Files.walk(directory.resolve("bodies"))) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }

        @Override
        public void close() throws IOException {
            engine.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Property(seed = "1", tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void accountsForEveryRecipientAfterEveryStep(
            @ForAll long seed, @ForAll @Size(min = 20, max = 60) List<LifeStep> steps) throws IOException {
        try (Relay relay = new Relay(seed)) {
            for (LifeStep step : steps) {
                relay.carryOut(LifeStep.ADD);
                relay.carryOut(step);
                if (step == LifeStep.RESTART || step == LifeStep.CANCEL) {
                    relay.accountsForEveryone();
                }
            }
            relay.accountsForEveryone();
            relay.endsEmpty();
        }
    }
}
