// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.shaping.Recovery;
import org.amrelay.delivery.shaping.ReplyRule;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.shaping.SiteLimits;
import org.amrelay.delivery.shaping.SiteRule;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lanes to one provider share. */
@Timeout(120)
class SitesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final VirtualClock clock = new VirtualClock();
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();
    private final ScriptedDestination peer = ScriptedDestination.startOn("127.0.0.1", 0);
    private final List<ReplyRule> replies = new ArrayList<>();
    private Optional<DeliveryEngine> engine = Optional.empty();
    private SiteLimits limits = SiteLimits.none();
    private Optional<RetrySchedule> retry = Optional.empty();
    private LaneLimits lanes = LaneLimits.standard().withPoll(Duration.ofMillis(5));
    private int mails;

    @AfterEach
    void stop() {
        engine.ifPresent(running -> running.stop(Duration.ofSeconds(1))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
        peer.close();
    }

    @Test
    void domainsOfOneProviderShareItsConcurrency() {
        limits = new SiteLimits(4, 0, 0, 0, 0, 0);
        peer.on("MESSAGE").tarpits(Duration.ofMillis(10));
        start(hosted(20), "own.example A 127.0.0.1");
        for (int i = 0; i < 100; i++) {
            accept("ann@x.example", "d" + i % 20 + ".example");
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(100));
        assertThat(peer.mostOpenConnections())
                .as("a connection that says goodbye still counts here")
                .isLessThanOrEqualTo(24);
        assertThat(report("provider").lanes()).isLessThanOrEqualTo(20);
        assertThat(site("mx:d7.example")).contains("provider");
        accept("ann@x.example", "own.example");
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(101));
        assertThat(site("mx:own.example")).contains("own.example");
    }

    @Test
    void domainsOfOneProviderShareItsRate() {
        limits = new SiteLimits(0, 0, 5, 0, 0, 0);
        start(hosted(20));
        for (int i = 0; i < 40; i++) {
            accept("ann@x.example", "d" + i % 20 + ".example");
        }
        for (int second = 1; second <= 8; second++) {
            int expected = 5 * second;
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(store.finished()).isEqualTo(expected));
            await().during(Duration.ofMillis(60))
                    .untilAsserted(() -> assertThat(store.finished()).isEqualTo(expected));
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void keepsToTheMessagesOfAConnection() {
        limits = new SiteLimits(1, 3, 0, 0, 0, 0);
        start(hosted(1));
        for (int i = 0; i < 9; i++) {
            accept("ann@x.example", "d0.example");
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(9));
        assertThat(peer.connections()).isEqualTo(3);
    }

    @Test
    void oneWhoQueuesALotDelaysAnothersMessageByLessThanTwoSeconds() {
        peer.onlyCounts();
        limits = new SiteLimits(10, 0, 50, 0, 0, 0);
        for (int i = 0; i < 100_000; i++) {
            accept("ann@big.example", "d" + i % 20 + ".example");
        }
        start(hosted(20));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(50));
        clock.advance(Duration.ofSeconds(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(100));
        accept("bob@small.example", "d7.example");
        Instant accepted = clock.instant();
        while (store.state("to-bob@d7.example").isEmpty()) {
            int before = store.finished();
            clock.advance(Duration.ofSeconds(1));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(store.finished()).isEqualTo(before + 50));
        }
        assertThat(store.state("to-bob@d7.example")).contains(RecipientState.DELIVERED);
        assertThat(Duration.between(accepted, clock.instant())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aDeadDomainOfAProviderKeepsNoPlaceOfTheOthers() {
        limits = new SiteLimits(4, 0, 0, 0, 0, 0);
        start(hosted(5), "dead.example MX 10 dead.provider.example.", "dead.provider.example A 127.0.0.9");
        for (int i = 0; i < 200; i++) {
            accept("ann@x.example", "dead.example");
        }
        for (int i = 0; i < 50; i++) {
            accept("ann@x.example", "d" + i % 5 + ".example");
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(50));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSize(250));
    }

    @Test
    void saysWhyNothingGetsThroughToASiteThatNoRuleSlows() {
        start(hosted(1), "dead.example MX 10 mail.dead.example.", "mail.dead.example A 127.0.0.9");
        accept("ann@x.example", "dead.example");
        accept("ann@x.example", "d0.example");
        await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSize(2));
        assertThat(report("dead.example").why())
                .startsWith("nothing delivered since ")
                .contains(" 10:00, x1, the last time: 451 4.4.1 no connection to mail.dead.example[127.0.0.9]:")
                .endsWith(": Connection refused");
        assertThat(report("provider").why()).isEmpty();
    }

    @Test
    void slowsAllDomainsOfAProviderDownAndSaysWhy() {
        replies.add(rule(List.of("TSS04"), 0.5, Duration.ofMinutes(10), Duration.ZERO, false));
        peer.on("MAIL").replies("421 4.7.0 [TSS04] Messages temporarily deferred due to user complaints");
        start(hosted(3));
        accept("ann@x.example", "d0.example");
        await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSize(1));
        accept("ann@x.example", "d1.example");
        SiteReport report = report("provider");
        assertThat(report.why())
                .isEqualTo(
                        "paused until 10:10, then rate 50 % because 421-4.7.0 TSS04 x1 since 10:00; next raise 10:40");
        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(store.reports()).hasSize(1));
        peer.on("MAIL").replies("250 2.1.0 ok");
        clock.advance(Duration.ofMinutes(10));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(1));
        clock.advance(Duration.ofSeconds(3));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(2));
        assertThat(report("provider").factor()).isEqualTo(0.5);
    }

    @Test
    void keepsMailThatWasRefusedForOurReputation() {
        replies.add(rule(List.of("S3150"), 1, Duration.ofMinutes(10), Duration.ZERO, true));
        peer.on("MAIL").replies("550 5.7.1 Unfortunately, messages weren't sent, part of your network (S3150)");
        start(hosted(1));
        accept("ann@x.example", "d0.example");
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(store.state("to-ann@d0.example")).contains(RecipientState.QUEUED));
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void keepsAnAccountBackAndServesTheOthers() {
        replies.add(rule(List.of("suspicious"), 1, Duration.ZERO, Duration.ofHours(1), false));
        peer.first(1, "MAIL").replies("451 4.7.650 suspicious mail");
        start(hosted(1));
        accept("ann@bad.example", "d0.example");
        await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSize(1));
        accept("ann@bad.example", "d0.example");
        accept("bob@good.example", "d0.example");
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(1));
        assertThat(store.state("to-bob@d0.example")).contains(RecipientState.DELIVERED);
        assertThat(report("provider").heldParties()).containsOnlyKeys("bad.example");
        clock.advance(Duration.ofMinutes(61));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(3));
    }

    @Test
    void hasItsOwnScheduleAndExpiry() {
        retry = Optional.of(
                new RetrySchedule(List.of(Duration.ofMinutes(1)), 0, Duration.ofMinutes(3), Duration.ofMinutes(2)));
        peer.on("RCPT").replies("451 4.3.0 later");
        start(hosted(1));
        accept("ann@x.example", "d0.example");
        for (int attempts = 1; attempts <= 4; attempts++) {
            int expected = attempts;
            await().atMost(LONG).untilAsserted(() -> assertThat(store.reports()).hasSize(expected));
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(store.state("to-ann@d0.example")).contains(RecipientState.EXPIRED);
        assertThat(store.notices()).hasSize(2);
    }

    @Test
    void tellsTheSenderOfACancelledMailWhenThatIsWanted() {
        clock.advance(Duration.ofMinutes(1));
        peer.on("RCPT").replies("451 4.3.0 later");
        accept("ann@x.example", "d0.example");
        accept("bob@x.example", "d0.example");
        NextHop hop = NextHop.parse("mx:d0.example");
        store.cancel(hop, true);
        store.cancel(hop, false);
        start(hosted(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(2));
        assertThat(store.state("to-ann@d0.example")).contains(RecipientState.CANCELLED);
        assertThat(store.state("to-bob@d0.example")).contains(RecipientState.CANCELLED);
        assertThat(store.notices())
                .singleElement()
                .satisfies(
                        notice -> assertThat(new String(notice.content().open().readAllBytes(), UTF_8))
                                .contains("Status: 5.7.1", "cancelled by the operator"));
        assertThat(peer.connections()).isZero();
    }

    @Test
    void mailThatGetsNoTurnExpiresAllTheSame() {
        limits = new SiteLimits(0, 0, 0, 0, 0, 1);
        start(hosted(1));
        accept("ann@x.example", "d0.example");
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(1));
        accept("bob@x.example", "d0.example");
        accept("eve@x.example", "d0.example");
        clock.advance(Duration.ofDays(5));
        await().atMost(LONG).untilAsserted(() -> assertThat(store.finished()).isEqualTo(3));
        assertThat(List.of(store.state("to-bob@d0.example"), store.state("to-eve@d0.example")))
                .contains(Optional.of(RecipientState.EXPIRED));
        assertThat(store.notices()).isNotEmpty();
    }

    private ReplyRule rule(List<String> says, double slow, Duration pause, Duration hold, boolean keep) {
        return new ReplyRule("test", List.of(), List.of(), List.of(), says, slow, pause, hold, keep);
    }

    private static String hosted(int domains) {
        StringBuilder zone = new StringBuilder("mx.provider.example A 127.0.0.1\n");
        for (int i = 0; i < domains; i++) {
            zone.append("d").append(i).append(".example MX 10 mx.provider.example.\n");
        }
        return zone.toString();
    }

    private void start(String... zone) {
        ShapingRules rules = new ShapingRules(
                SiteLimits.none(),
                List.of(new SiteRule("provider", List.of("provider.example"), List.of(), limits, retry)),
                replies,
                Recovery.standard(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        DeliveryEngine started = new DeliveryEngine(
                DeliverySettings.defaults("relay.example")
                        .withMxPort(peer.port())
                        .withTimeouts(SmtpTimeouts.all(Duration.ofSeconds(30)))
                        .withLimits(lanes),
                DeliveryEngine.Rules.of(
                        new RouteBooks(RouteBook.empty()), Shaping.open(rules, ShapingMemory.none(), clock.instant())),
                store,
                Zone.of(zone),
                clock,
                new Random(7));
        engine = Optional.of(started);
        started.start();
    }

    private SiteReport report(String name) {
        return engine.orElseThrow().sites().toCompletableFuture().join().stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Optional<String> site(String nextHop) {
        return engine.orElseThrow()
                .siteOf(NextHop.parse(nextHop))
                .toCompletableFuture()
                .join();
    }

    private void accept(String sender, String domain) {
        String user = "to-" + sender.substring(0, sender.indexOf('@'));
        List<EnvelopeRecipient> recipients = List.of(EnvelopeRecipient.of(EmailAddress.of(user + "@" + domain)));
        Instant now = clock.instant();
        NewMail mail = new NewMail(
                "mail-" + ++mails,
                Envelope.of(ReversePath.of(sender), recipients),
                MessageContent.of("Subject: hello\r\n\r\nhello\r\n".getBytes(UTF_8)));
        store.accept(
                mail,
                List.of(new NewDelivery(
                        new NextHop.MailExchangersOf(domain), recipients, now, now.plus(Duration.ofDays(5)))));
    }
}
