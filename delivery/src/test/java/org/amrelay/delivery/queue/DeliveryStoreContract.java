// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the delivery engine relies on; every store passes it. Each test begins with an empty store. */
public interface DeliveryStoreContract {
    Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    NextHop A = new NextHop.MailExchangersOf("a.example");
    NextHop B = new NextHop.FixedHost("b.example", 2525);

    /** The store under test, empty; the same one within a test. */
    DeliveryStore store();

    @Test
    default void givesOutWhatIsDueOnce() throws IOException {
        accept("mail-1", A, NOW, "bob@a.example", "eve@a.example");
        List<QueuedDelivery> claimed = store().claim(A, NOW, 10);
        assertThat(claimed).hasSize(1);
        QueuedDelivery delivery = claimed.get(0);
        assertThat(delivery.mailName()).isEqualTo("mail-1");
        assertThat(delivery.nextHop()).isEqualTo(A);
        assertThat(delivery.attempts()).isZero();
        assertThat(delivery.envelope().sender()).isEqualTo(ReversePath.of("ann@c.example"));
        assertThat(delivery.recipients())
                .extracting(r -> r.recipient().address().toString())
                .containsExactlyInAnyOrder("bob@a.example", "eve@a.example");
        assertThat(delivery.content().open().readAllBytes()).isEqualTo(text());
        assertThat(store().claim(A, NOW, 10)).isEmpty();
    }

    @Test
    default void keepsNextHopsApart() {
        accept("mail-1", A, NOW, "bob@a.example");
        assertThat(store().claim(B, NOW, 10)).isEmpty();
        accept("mail-2", B, NOW, "bob@b.example");
        assertThat(store().claim(B, NOW, 10)).hasSize(1);
        assertThat(store().claim(A, NOW, 10)).hasSize(1);
    }

    @Test
    default void givesOutNothingBeforeItsTime() {
        accept("mail-1", A, NOW.plusSeconds(60), "bob@a.example");
        assertThat(store().claim(A, NOW.plusSeconds(59), 10)).isEmpty();
        assertThat(store().lanes())
                .singleElement()
                .satisfies(lane -> assertThat(lane).isEqualTo(new LaneStatus(A, 1, NOW.plusSeconds(60))));
        assertThat(store().claim(A, NOW.plusSeconds(60), 10)).hasSize(1);
    }

    @Test
    default void keepsToTheLimit() {
        for (int i = 0; i < 5; i++) {
            accept("mail-" + i, A, NOW, "bob@a.example");
        }
        assertThat(store().claim(A, NOW, 3)).hasSize(3);
        assertThat(store().claim(A, NOW, 3)).hasSize(2);
    }

    @Test
    default void givesOutAgainWhatWasGivenBack() {
        accept("mail-1", A, NOW, "bob@a.example");
        QueuedDelivery delivery = store().claim(A, NOW, 1).get(0);
        store().unclaim(delivery.id());
        assertThat(store().claim(A, NOW, 1)).singleElement().satisfies(again -> {
            assertThat(again.id()).isEqualTo(delivery.id());
            assertThat(again.attempts()).isZero();
        });
    }

    @Test
    default void keepsWhoIsStillWaitingUntilTheNextAttempt() {
        accept("mail-1", A, NOW, "bob@a.example", "eve@a.example");
        QueuedDelivery delivery = store().claim(A, NOW, 1).get(0);
        QueuedRecipient first = delivery.recipients().get(0);
        QueuedRecipient second = delivery.recipients().get(1);
        Instant later = NOW.plus(Duration.ofMinutes(5));
        report(new DeliveryReport(
                delivery.id(),
                NOW,
                List.of(
                        outcome(first, RecipientState.DELIVERED, Reply.of(250, "2.0.0", "taken")),
                        outcome(second, RecipientState.QUEUED, Reply.of(450, "4.2.1", "busy"))),
                later,
                true,
                List.of()));
        assertThat(store().claim(A, later.minusSeconds(1), 1)).isEmpty();
        QueuedDelivery again = store().claim(A, later, 1).get(0);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.delayNoticeSent()).isTrue();
        assertThat(again.recipients()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(second.id());
            assertThat(left.lastReply()).contains(Reply.of(450, "4.2.1", "busy"));
        });
    }

    @Test
    default void forgetsADeliveryThatHasComeToItsEnd() {
        accept("mail-1", A, NOW, "bob@a.example");
        QueuedDelivery delivery = store().claim(A, NOW, 1).get(0);
        report(new DeliveryReport(
                delivery.id(),
                NOW,
                List.of(outcome(
                        delivery.recipients().get(0), RecipientState.BOUNCED, Reply.of(550, "5.1.1", "no such user"))),
                NOW,
                false,
                List.of()));
        assertThat(store().claim(A, NOW.plus(Duration.ofDays(9)), 1)).isEmpty();
        assertThat(store().lanes()).allMatch(lane -> lane.waiting() == 0);
    }

    @Test
    default void tellsWhatHasBecomeDue() {
        List<Flow> told = new CopyOnWriteArrayList<>();
        store().onChange(told::add);
        accept("mail-1", A, NOW, "bob@a.example");
        Awaitility.await().untilAsserted(() -> assertThat(told).contains(new Flow(A, "c.example")));
    }

    @Test
    default void keepsPartiesApartAndNamesTheFirstDueFirst() {
        accept("mail-1", Optional.empty(), NOW.plusSeconds(60));
        accept("mail-2", Optional.of("Ann@C.example"), NOW);
        Flow domain = new Flow(A, "c.example");
        Flow account = new Flow(A, "ann@c.example");
        assertThat(store().flows(A)).containsExactly(account, domain);
        assertThat(store().claim(domain, NOW, 9)).isEmpty();
        assertThat(store().claim(account, NOW, 9))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.mailName()).isEqualTo("mail-2"));
        assertThat(store().claim(domain, NOW.plusSeconds(60), 9)).hasSize(1);
        assertThat(store().flows(A)).isEmpty();
    }

    @Test
    default void tellsWhatBecomesDueByTime() {
        accept("mail-1", A, NOW.plusSeconds(60), "bob@a.example");
        Flow flow = new Flow(A, "c.example");
        assertThat(store().due(NOW.plusSeconds(59))).isEmpty();
        assertThat(store().due(NOW.plusSeconds(60))).containsExactly(flow);
        assertThat(store().due(NOW.plusSeconds(600)))
                .as("told again as nobody cared")
                .containsExactly(flow);
        QueuedDelivery delivery = store().claim(flow, NOW.plusSeconds(600), 9).get(0);
        assertThat(store().due(NOW.plusSeconds(6000))).isEmpty();
        Instant later = NOW.plusSeconds(7000);
        report(new DeliveryReport(
                delivery.id(),
                NOW.plusSeconds(601),
                List.of(outcome(delivery.recipients().get(0), RecipientState.QUEUED, Reply.of(450, "4.2.1", "busy"))),
                later,
                false,
                List.of()));
        assertThat(store().due(later.minusSeconds(1))).isEmpty();
        assertThat(store().due(later)).containsExactly(flow);
    }

    @Test
    default void givesOutWhatHasWaitedBeyondItsExpiry() {
        accept("mail-1", A, NOW, "bob@a.example");
        Instant expiry = NOW.plus(Duration.ofDays(5));
        assertThat(store().overdue(0, expired(expiry.minusSeconds(1))).claimed())
                .isEmpty();
        assertThat(store().overdue(0, expired(expiry)).claimed()).hasSize(1);
        assertThat(store().overdue(0, expired(expiry)).claimed()).isEmpty();
        assertThat(store().claim(A, expiry, 9)).isEmpty();
        accept("mail-2", A, NOW, "bob@a.example");
        QueuedDelivery tried = store().claim(A, expiry, 9).get(0);
        assertThat(store().overdue(0, expired(expiry)).claimed())
                .as("what is being tried is left alone")
                .isEmpty();
        store().unclaim(tried.id());
        assertThat(store().overdue(0, expired(expiry)).next()).isZero();
    }

    @Test
    default void aReportWithoutAnAttemptChangesNoTimesAndIsKept() {
        accept("mail-1", A, NOW.plusSeconds(60), "bob@a.example");
        QueuedDelivery looked = store().overdue(0, waiting -> true).claimed().get(0);
        Reply reply = Reply.of(451, "4.4.5", "no turn");
        List<RecipientOutcome> outcomes = List.of(outcome(looked.recipients().get(0), RecipientState.QUEUED, reply));
        report(new DeliveryReport(looked.id(), NOW, outcomes, NOW.plusSeconds(9999), true, false, List.of()));
        assertThat(store().claim(A, NOW.plusSeconds(59), 9)).isEmpty();
        QueuedDelivery tried = store().claim(A, NOW.plusSeconds(60), 9).get(0);
        assertThat(store().claim(A, NOW.plusSeconds(60), 9)).as("only once").isEmpty();
        assertThat(tried.attempts()).isZero();
        assertThat(tried.delayNoticeSent()).isTrue();
        assertThat(tried.recipients().get(0).lastReply()).contains(reply);
        report(new DeliveryReport(tried.id(), NOW, outcomes, NOW.plusSeconds(90), false, List.of()));
        QueuedDelivery again = store().overdue(0, waiting -> waiting.delayNoticeSent())
                .claimed()
                .get(0);
        Reply other = Reply.of(451, "4.4.5", "no turn again");
        List<RecipientOutcome> others = List.of(outcome(again.recipients().get(0), RecipientState.QUEUED, other));
        report(new DeliveryReport(again.id(), NOW, others, NOW, true, false, List.of()));
        QueuedDelivery last = store().claim(A, NOW.plusSeconds(90), 9).get(0);
        assertThat(last.attempts()).isEqualTo(1);
        assertThat(last.recipients().get(0).lastReply()).contains(reply);
    }

    private static Predicate<WaitingDelivery> expired(Instant now) {
        return waiting -> !now.isBefore(waiting.expiresAt());
    }

    private static byte[] text() {
        return "Subject: hello\r\n\r\nhello\r\n".getBytes(UTF_8);
    }

    private static RecipientOutcome outcome(QueuedRecipient recipient, RecipientState state, Reply reply) {
        return new RecipientOutcome(recipient.id(), state, reply, "mx.a.example[127.0.0.1]:25", "", false);
    }

    private void report(DeliveryReport report) {
        store().report(report)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void accept(String name, Optional<String> account, Instant firstAttempt) {
        List<EnvelopeRecipient> all = List.of(EnvelopeRecipient.of(EmailAddress.of("bob@a.example")));
        Envelope envelope =
                new Envelope(ReversePath.of("ann@c.example"), all, Optional.empty(), Optional.empty(), account, false);
        store().accept(
                        new NewMail(name, envelope, MessageContent.of(text())),
                        List.of(new NewDelivery(A, all, firstAttempt, firstAttempt.plus(Duration.ofDays(5)))))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void accept(String name, NextHop nextHop, Instant firstAttempt, String... recipients) {
        List<EnvelopeRecipient> all = Arrays.stream(recipients)
                .map(text -> EnvelopeRecipient.of(EmailAddress.of(text)))
                .toList();
        NewMail mail = new NewMail(name, Envelope.of(ReversePath.of("ann@c.example"), all), MessageContent.of(text()));
        store().accept(
                        mail,
                        List.of(new NewDelivery(nextHop, all, firstAttempt, firstAttempt.plus(Duration.ofDays(5)))))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
