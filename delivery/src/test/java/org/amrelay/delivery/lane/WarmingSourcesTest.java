// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.amrelay.delivery.shaping.WarmUp;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool of two source addresses, of which one is new. */
@Timeout(120)
class WarmingSourcesTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final NextHop POOL = NextHop.parse("route:pool");

    private final VirtualClock clock = new VirtualClock();
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();
    private final ScriptedDestination peer = ScriptedDestination.startOn("127.0.0.1", 0);
    private final RouteBooks books = new RouteBooks(RouteBook.empty());
    private final Map<InetAddress, WarmUp> plans = new HashMap<>();
    private Optional<DeliveryEngine> engine = Optional.empty();
    private int mails;

    @BeforeEach
    void aPoolOfTwoAddresses() throws UnknownHostException {
        books.replace(RouteBookReader.read(
                "routes: [{name: pool, to: smarthosts, hosts: '127.0.0.1:" + peer.port() + "', retry: {delays: [1h]}, "
                        + "sources: [{address: 127.0.0.2, weight: 1, ehlo: old.example}, "
                        + "{address: 127.0.0.3, weight: 1000, ehlo: new.example}]}]",
                new RouteResources(Map.of(), Path.of("/nowhere"))));
        plans.put(
                InetAddress.getByName("127.0.0.3"),
                new WarmUp("127.0.0.3", Optional.of(LocalDate.of(2026, 3, 1)), List.of(5L, 8L)));
    }

    private void start(Duration idle) {
        ShapingRules rules = new ShapingRules(
                SiteLimits.none(),
                List.of(),
                List.of(),
                Recovery.standard(),
                Optional.empty(),
                plans,
                Map.of(),
                Optional.empty());
        DeliveryEngine started = new DeliveryEngine(
                DeliverySettings.defaults("relay.example")
                        .withTimeouts(SmtpTimeouts.all(Duration.ofSeconds(30)))
                        .withLimits(LaneLimits.standard()
                                .withPoll(Duration.ofMillis(2))
                                .withIdle(idle)),
                DeliveryEngine.Rules.of(books, Shaping.open(rules, ShapingMemory.none(), clock.instant())),
                store,
                Zone.of(""),
                clock,
                new Random(7));
        engine = Optional.of(started);
        started.start();
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
    void aNewAddressCarriesItsCapAndTheOthersTheRest() {
        start(Duration.ZERO);
        sendAndWait(40);
        assertThat(connectionsAs("new.example")).isEqualTo(5);
        assertThat(connectionsAs("old.example")).isEqualTo(35);
        clock.advance(Duration.ofDays(1));
        sendAndWait(40);
        assertThat(connectionsAs("new.example")).isEqualTo(13);
    }

    @Test
    void countsWhatGoesOverKeptConnections() {
        start(Duration.ofMinutes(5));
        for (int i = 1; i <= 20; i++) {
            sendAndWait(1);
        }
        long byNew = 0;
        boolean isNew = false;
        for (String command : peer.commands()) {
            isNew = command.startsWith("EHLO ") ? command.endsWith("new.example") : isNew;
            byNew += isNew && command.startsWith("MAIL ") ? 1 : 0;
        }
        assertThat(peer.taken()).isEqualTo(20);
        assertThat(connectionsAs("new.example")).isEqualTo(1);
        assertThat(byNew).isEqualTo(5);
    }

    @Test
    void waitsForTheNextDayWhenEveryAddressHasSentItsCap() throws UnknownHostException {
        plans.put(
                InetAddress.getByName("127.0.0.2"),
                new WarmUp("127.0.0.2", Optional.of(LocalDate.of(2026, 3, 1)), List.of(2L)));
        start(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            accept();
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSizeGreaterThanOrEqualTo(10));
        assertThat(peer.taken()).isEqualTo(7);
        assertThat(store.reports().stream()
                        .flatMap(report -> report.outcomes().stream())
                        .filter(outcome -> outcome.state() == RecipientState.QUEUED)
                        .map(outcome -> outcome.reply().toString()))
                .isNotEmpty()
                .allMatch(reply -> reply.startsWith("451 4.7.0 the source addresses have sent what their warm-up"));
        clock.advanceTo(Instant.parse("2026-03-02T00:00:00Z"));
        clock.advance(Duration.ofHours(2));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(10));
        assertThat(store.state("u1@r.example")).contains(RecipientState.DELIVERED);
    }

    private void sendAndWait(int count) {
        int before = store.finished();
        for (int i = 0; i < count; i++) {
            accept();
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(before + count));
    }

    private long connectionsAs(String name) {
        return peer.commands().stream().filter(("EHLO " + name)::equals).count();
    }

    private void accept() {
        Instant now = clock.instant();
        List<EnvelopeRecipient> recipients =
                List.of(EnvelopeRecipient.of(EmailAddress.of("u" + ++mails + "@r.example")));
        NewMail mail = new NewMail(
                "mail-" + mails,
                Envelope.of(ReversePath.of("ann@x.example"), recipients),
                MessageContent.of("Subject: hello\r\n\r\nhello\r\n".getBytes(UTF_8)));
        store.accept(mail, List.of(new NewDelivery(POOL, recipients, now, now.plus(Duration.ofDays(5)))));
    }
}
