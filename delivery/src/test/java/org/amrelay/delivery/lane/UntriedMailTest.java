// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.client.ScriptedDestination;
import org.amrelay.delivery.client.SmtpTimeouts;
import org.amrelay.delivery.queue.MemoryDeliveryStore;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.delivery.shaping.Recovery;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.shaping.SiteLimits;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each site takes one message a day here; what comes after it waits without an attempt. */
@Timeout(120)
class UntriedMailTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final NextHop MX = NextHop.parse("mx:a.example");
    private static final NextHop ROUTE = NextHop.parse("route:slow");

    private final VirtualClock clock = new VirtualClock();
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();
    private final ScriptedDestination peer = ScriptedDestination.startOn("127.0.0.1", 0);
    private final RouteBooks books = new RouteBooks(RouteBook.empty());
    private Optional<DeliveryEngine> engine = Optional.empty();
    private int mails;

    @BeforeEach
    void theDaysMessageIsSent() {
        books.replace(RouteBookReader.read(
                "routes: [{name: slow, to: smarthosts, hosts: '127.0.0.1:" + peer.port()
                        + "', retry: {delays: [10m], expiry: 3h, delay-notice: 1h}}]",
                new RouteResources(Map.of(), Path.of("/nowhere"))));
        ShapingRules rules = new ShapingRules(
                new SiteLimits(0, 0, 0, 0, 0, 1),
                List.of(),
                List.of(),
                Recovery.standard(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        DeliveryEngine started = new DeliveryEngine(
                DeliverySettings.defaults("relay.example")
                        .withMxPort(peer.port())
                        .withTimeouts(SmtpTimeouts.all(Duration.ofSeconds(30)))
                        .withLimits(LaneLimits.standard().withPoll(Duration.ofMillis(2))),
                DeliveryEngine.Rules.of(books, Shaping.open(rules, ShapingMemory.none(), clock.instant())),
                store,
                Zone.of("a.example MX 10 mx.a.example.", "mx.a.example A 127.0.0.1"),
                clock,
                new Random(7));
        engine = Optional.of(started);
        started.start();
        accept(MX, "first@a.example", Set.of());
        accept(ROUTE, "first@r.example", Set.of());
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(2));
    }

    @AfterEach
    void stop() {
        engine.ifPresent(running -> running.stop(Duration.ofSeconds(1))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
        peer.close();
    }

    @Test
    void tellsOfTheDelayOnceAndDeliversAllTheSameWhenTheTurnComes() {
        accept(MX, "bob@a.example", Set.of());
        clock.advance(Duration.ofHours(4).minusSeconds(1));
        accept(ROUTE, "probe@r.example", Set.of());
        clock.advance(Duration.ofSeconds(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.notices()).hasSize(1));
        assertThat(text(0)).contains("Action: delayed", "Final-Recipient: rfc822; bob@a.example", "4.4.5");
        assertThat(store.state("bob@a.example")).contains(RecipientState.QUEUED);
        assertThat(peer.taken()).as("no attempt").isEqualTo(2);
        clock.advance(Duration.ofHours(1));
        // The route's notice comes after an hour; by then the whole queue was looked at again
        await().atMost(LONG).untilAsserted(() -> assertThat(store.notices()).hasSize(2));
        assertThat(text(1)).contains("probe@r.example");
        clock.advance(Duration.ofDays(1));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(store.state("bob@a.example")).contains(RecipientState.DELIVERED));
        assertThat(store.reports().stream().filter(report -> report.attempted()))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void expiresByTheScheduleOfTheRoute() {
        accept(ROUTE, "bob@r.example", Set.of());
        accept(MX, "eve@a.example", Set.of());
        clock.advance(Duration.ofMinutes(59));
        clock.advance(Duration.ofMinutes(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.notices()).hasSize(1));
        assertThat(text(0)).contains("Action: delayed", "bob@r.example");
        clock.advance(Duration.ofHours(2));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(store.state("bob@r.example")).contains(RecipientState.EXPIRED));
        assertThat(text(1)).contains("Action: failed", "bob@r.example");
        assertThat(store.outcome("eve@a.example")).as("has days left").isEmpty();
        assertThat(peer.taken()).isEqualTo(2);
    }

    @Test
    void looksOnlyOnceAtMailWhoseSenderWantsNoNoticeOfADelay() {
        accept(ROUTE, "bob@r.example", Set.of(Notify.FAILURE));
        clock.advance(Duration.ofHours(2));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSize(3));
        accept(ROUTE, "eve@r.example", Set.of());
        clock.advance(Duration.ofMinutes(60));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(store.state("bob@r.example")).contains(RecipientState.EXPIRED));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.notices()).hasSize(2));
        assertThat(store.reports()).as("eve's delay and bob's end").hasSize(5);
    }

    private String text(int notice) {
        try {
            return new String(store.notices().get(notice).content().open().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(NextHop hop, String recipient, Set<Notify> wishes) {
        Instant now = clock.instant();
        List<EnvelopeRecipient> recipients =
                List.of(new EnvelopeRecipient(EmailAddress.of(recipient), wishes, Optional.empty()));
        NewMail mail = new NewMail(
                "mail-" + ++mails,
                Envelope.of(ReversePath.of("ann@x.example"), recipients),
                MessageContent.of("Subject: hello\r\n\r\nhello\r\n".getBytes(UTF_8)));
        store.accept(mail, List.of(new NewDelivery(hop, recipients, now, now.plus(Duration.ofDays(5)))));
    }
}
