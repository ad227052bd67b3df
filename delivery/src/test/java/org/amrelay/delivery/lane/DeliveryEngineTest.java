// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.delivery.client.ReceivedMessage;
import org.amrelay.delivery.client.ScriptedDestination;
import org.amrelay.delivery.client.SmtpTimeouts;
import org.amrelay.delivery.queue.MemoryDeliveryStore;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryEngineTest {
    private static final String TEXT = "Subject: hello\r\nMessage-ID: <1@b.example>\r\n\r\nhello\r\n";

    private final VirtualClock clock = new VirtualClock();
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();
    private final List<ScriptedDestination> peers = new ArrayList<>();
    private final List<DeliveryEngine> engines = new ArrayList<>();
    private final ScriptedDestination peer = peerOn("127.0.0.1", 0);
    private int mails;

    private DeliverySettings settings = DeliverySettings.defaults("relay.example")
            .withMxPort(peer.port())
            .withTimeouts(SmtpTimeouts.all(Duration.ofSeconds(5)))
            .withLimits(LaneLimits.standard().withPoll(Duration.ofMillis(5)));

    @AfterEach
    void stopAll() {
        engines.forEach(engine -> stop(engine, Duration.ofSeconds(1)));
        peers.forEach(ScriptedDestination::close);
    }

    @Test
    void deliversToTheBestExchangerOnly() {
        ScriptedDestination second = peerOn("127.0.0.2", peer.port());
        start("a.example MX 20 second.a.example.", "a.example MX 10 first.a.example.", hosts());
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(peer.messages()).extracting(ReceivedMessage::text).containsExactly(TEXT);
        assertThat(second.connections()).isZero();
        assertThat(outcome("bob@a.example").peer()).isEqualTo("first.a.example[127.0.0.1]:" + peer.port());
    }

    @Test
    void goesOnToTheNextExchangerWhenOneCannotBeReachedOrIsUnfriendly() {
        ScriptedDestination second = peerOn("127.0.0.2", peer.port());
        peer.on("CONNECT").repliesAndDrops("421 4.3.2 busy");
        start(
                "a.example MX 5 nobody.a.example.",
                "nobody.a.example A 127.0.0.9",
                "a.example MX 20 second.a.example.",
                "a.example MX 10 first.a.example.",
                hosts());
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(second.messages()).hasSize(1);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void triesAllAddressesOfOneHost() {
        start("a.example MX 5 mx.a.example.", "mx.a.example A 127.0.0.9", "mx.a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
    }

    @Test
    void offersWhomOneHostPutsOffToAnother() {
        ScriptedDestination second = peerOn("127.0.0.2", peer.port());
        peer.on("RCPT TO:<eve@").replies("451 4.3.0 mailbox server down");
        start("a.example MX 20 second.a.example.", "a.example MX 10 first.a.example.", hosts());
        accept("bob@a.example", "eve@a.example");
        awaitState("eve@a.example", RecipientState.DELIVERED);
        assertThat(second.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.rcpts()).containsExactly("RCPT TO:<eve@a.example>"));
        assertThat(peer.messages()).hasSize(1);
    }

    @Test
    void sharesEqualExchangersByChance() {
        ScriptedDestination second = peerOn("127.0.0.2", peer.port());
        settings = settings.withLimits(settings.limits().withIdle(Duration.ZERO));
        start("a.example MX 10 second.a.example.", "a.example MX 10 first.a.example.", hosts());
        for (int i = 0; i < 60; i++) {
            accept("bob@a.example");
        }
        await().untilAsserted(() -> assertThat(store.finished()).isEqualTo(60));
        assertThat(peer.taken()).isBetween(10, 50);
        assertThat(peer.taken() + second.taken()).isEqualTo(60);
    }

    @Test
    void takesTheDomainsOwnAddressWithoutExchangers() {
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
    }

    @Test
    void deliversToAnAddressLiteralAndToAFixedHost() {
        start();
        accept("bob@[127.0.0.1]");
        awaitState("bob@[127.0.0.1]", RecipientState.DELIVERED);
        accept(new NextHop.FixedHost("127.0.0.1", peer.port()), "eve@a.example");
        awaitState("eve@a.example", RecipientState.DELIVERED);
    }

    @Test
    void bouncesWhatDnsSaysForCertain() {
        start(
                "null.example MX 0 .",
                "empty.example TXT nothing",
                "lost.example MX 10 nowhere.example.",
                "own.example MX 10 relay.example.",
                "own.example MX 20 first.a.example.",
                hosts());
        accept("bob@null.example");
        awaitEnhanced("bob@null.example", "5.1.10", RecipientState.BOUNCED);
        accept("bob@missing.example");
        awaitEnhanced("bob@missing.example", "5.1.2", RecipientState.BOUNCED);
        accept("bob@empty.example");
        awaitEnhanced("bob@empty.example", "5.4.4", RecipientState.BOUNCED);
        accept("bob@lost.example");
        awaitEnhanced("bob@lost.example", "5.4.4", RecipientState.BOUNCED);
        accept("bob@own.example");
        awaitEnhanced("bob@own.example", "5.4.6", RecipientState.BOUNCED);
        assertThat(peer.connections()).isZero();
    }

    @Test
    void neverBouncesWhatDnsCannotSay() {
        start(
                "; SERVFAIL broken.example",
                "; TIMEOUT slow.example",
                "half.example MX 10 mx.slow.example.",
                "; TIMEOUT mx.slow.example");
        accept("bob@broken.example");
        awaitEnhanced("bob@broken.example", "4.4.3", RecipientState.QUEUED);
        accept("bob@slow.example");
        awaitEnhanced("bob@slow.example", "4.4.3", RecipientState.QUEUED);
        accept("bob@half.example");
        awaitEnhanced("bob@half.example", "4.4.3", RecipientState.QUEUED);
    }

    @Test
    void triesLaterWhenAPartOfOursBreaks() {
        Dns zone = Zone.of("a.example MX 10 mx.a.example.", "mx.a.example A 127.0.0.1");
        AtomicInteger broken = new AtomicInteger();
        Dns dns = new Dns() {
            @Override
            public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                return type == RecordType.A && broken.incrementAndGet() == 1
                        ? CompletableFuture.failedFuture(new IllegalStateException("a bug"))
                        : zone.query(name, type);
            }
        };
        DeliveryEngine engine = new DeliveryEngine(settings, store, dns, clock, new Random(7));
        engines.add(engine);
        engine.start();
        accept("bob@a.example");
        awaitEnhanced("bob@a.example", "4.3.0", RecipientState.QUEUED);
        assertThat(store.claimed()).isZero();
        clock.advance(Duration.ofHours(1));
        await().untilAsserted(() -> assertThat(store.state("bob@a.example")).contains(RecipientState.DELIVERED));
    }

    @Test
    void neverBouncesForAFixedHostThatWeDoNotFind() {
        start();
        accept(new NextHop.FixedHost("missing.example", 25), "bob@a.example");
        awaitEnhanced("bob@a.example", "4.4.4", RecipientState.QUEUED);
    }

    @Test
    void neverSendsToItself() {
        settings = settings.withSelf(
                new OwnIdentity(Set.of("relay.example"), Set.of(new InetSocketAddress("127.0.0.1", peer.port()))));
        ScriptedDestination better = peerOn("127.0.0.2", peer.port());
        start(
                "a.example MX 10 second.a.example.",
                "a.example MX 20 first.a.example.",
                "a.example MX 30 third.a.example.",
                "third.a.example A 127.0.0.3",
                "loop.example A 127.0.0.1",
                hosts());
        accept("bob@loop.example");
        awaitEnhanced("bob@loop.example", "5.4.6", RecipientState.BOUNCED);
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(better.taken()).isEqualTo(1);
        assertThat(peer.connections()).isZero();
    }

    @Test
    void neverBouncesOnAConnectionFailure() {
        start("a.example MX 10 nobody.a.example.", "nobody.a.example A 127.0.0.9");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.QUEUED);
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void neverBouncesOnAnUnfriendlyGreeting() {
        peer.on("CONNECT").repliesAndDrops("554 5.7.1 go away");
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.QUEUED);
        assertThat(outcome("bob@a.example").reply().toString()).isEqualTo("554 5.7.1 go away");
    }

    @Test
    void usesOneConnectionForManyMessages() {
        settings = settings.withLimits(settings.limits().withLaneConcurrency(1).withMostPerConnection(10));
        start("a.example A 127.0.0.1");
        for (int i = 0; i < 30; i++) {
            accept("bob@a.example");
        }
        await().untilAsserted(() -> assertThat(store.finished()).isEqualTo(30));
        assertThat(peer.connections()).isEqualTo(3);
        assertThat(peer.mostOpenConnections()).isLessThanOrEqualTo(2);
    }

    @Test
    void noticesThatAnIdleConnectionIsGoneWithoutLosingAnAttempt() {
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        peer.first(1, "MAIL").repliesAndDrops("421 4.4.2 idle for too long");
        accept("eve@a.example");
        awaitState("eve@a.example", RecipientState.DELIVERED);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void endsIdleConnections() {
        settings = settings.withLimits(settings.limits().withIdle(Duration.ofMillis(50)));
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        await().untilAsserted(() -> assertThat(peer.openConnections()).isZero());
        assertThat(peer.commands()).endsWith("QUIT");
    }

    @Test
    void keepsToTheConcurrencyOfALane() {
        settings = settings.withLimits(settings.limits().withLaneConcurrency(5));
        peer.on("MESSAGE").tarpits(Duration.ofMillis(20));
        start("a.example A 127.0.0.1");
        for (int i = 0; i < 60; i++) {
            accept("bob@a.example");
        }
        await().untilAsserted(() -> assertThat(store.finished()).isEqualTo(60));
        assertThat(peer.mostOpenConnections()).isEqualTo(5);
    }

    @Test
    void keepsToTheConnectionsOfAllLanesAndServesEachLane() {
        settings = settings.withLimits(settings.limits().withMostConnections(4));
        StringBuilder zone = new StringBuilder();
        for (int lane = 0; lane < 20; lane++) {
            zone.append("d").append(lane).append(".example A 127.0.0.1\n");
        }
        start(zone.toString());
        for (int i = 0; i < 200; i++) {
            accept("bob@d" + i % 20 + ".example");
        }
        await().untilAsserted(() -> assertThat(store.finished()).isEqualTo(200));
        // A connection that says goodbye still counts here
        assertThat(peer.mostOpenConnections()).isLessThanOrEqualTo(8);
    }

    @Test
    void pushesLessWhenThePeerTurnsConnectionsAway() {
        start("a.example A 127.0.0.1");
        peer.on("CONNECT").replies("220 scripted.example");
        peer.on("MESSAGE").tarpits(Duration.ofMillis(10));
        for (int i = 0; i < 20; i++) {
            accept("bob@a.example");
        }
        await().untilAsserted(() -> assertThat(peer.taken()).isPositive());
        peer.on("CONNECT").repliesAndDrops("421 4.7.0 too many connections");
        for (int i = 0; i < 40; i++) {
            accept("bob@a.example");
        }
        await().untilAsserted(() -> assertThat(store.finished()).isEqualTo(60));
        assertThat(store.reports())
                .allSatisfy(report ->
                        assertThat(report.outcomes()).allMatch(outcome -> outcome.state() == RecipientState.DELIVERED));
    }

    @Test
    void aDeadDestinationSlowsNobody() {
        peer.on("EHLO").stalls();
        ScriptedDestination healthy = peerOn("127.0.0.2", peer.port());
        settings = settings.withLimits(settings.limits().withMostConnections(50));
        StringBuilder zone = new StringBuilder("good.example A 127.0.0.2\n");
        for (int lane = 0; lane < 10; lane++) {
            zone.append("dead").append(lane).append(".example A 127.0.0.1\n");
        }
        start(zone.toString());
        for (int i = 0; i < 500; i++) {
            accept("bob@dead" + i % 10 + ".example");
        }
        for (int i = 0; i < 100; i++) {
            accept("bob@good.example");
        }
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(healthy.taken()).isEqualTo(100));
        assertThat(peer.mostOpenConnections()).isLessThanOrEqualTo(30);
    }

    @Test
    void putsOffWhatIsDueWhileALaneRests() {
        start("a.example A 127.0.0.9");
        for (int i = 0; i < 100; i++) {
            accept("u" + i + "@a.example");
        }
        await().untilAsserted(() -> assertThat(store.reports()).hasSize(100));
        assertThat(store.claimed()).isZero();
        assertThat(engines.get(0).lanes().toCompletableFuture().join())
                .singleElement()
                .satisfies(lane -> {
                    assertThat(lane.pausedUntil()).isPresent();
                    assertThat(lane.pauseReason()).contains("no connection to a.example[127.0.0.9]");
                });
    }

    @Test
    void deliversWhatIsDueWhenADeadDestinationIsBack() {
        start("a.example A 127.0.0.2");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.QUEUED);
        ScriptedDestination back = peerOn("127.0.0.2", peer.port());
        clock.advance(Duration.ofMinutes(10));
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(back.taken()).isEqualTo(1);
    }

    @Test
    void retriesForFiveDaysThenTellsTheSender() {
        peer.on("RCPT").replies("451 4.7.1 greylisted for ever");
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        Instant begin = clock.instant();
        int seen = 0;
        while (store.waiting() > 0) {
            int attempts = seen;
            await().untilAsserted(() -> assertThat(store.reports().size()).isGreaterThan(attempts));
            seen = store.reports().size();
            Instant next = store.reports().get(seen - 1).nextAttemptAt();
            if (store.waiting() > 0) {
                clock.advanceTo(next);
            }
        }
        assertThat(store.state("bob@a.example")).contains(RecipientState.EXPIRED);
        assertThat(clock.instant()).isEqualTo(begin.plus(Duration.ofDays(5)));
        assertThat(seen).isBetween(30, 45);
        assertThat(store.notices()).hasSize(2);
        assertThat(text(store.notices().get(0)))
                .contains("Action: delayed", "Status: 4.7.1", "Will-Retry-Until: Fri, 6 Mar 2026 10:00:00 GMT");
        assertThat(text(store.notices().get(1)))
                .contains("Action: failed", "Status: 4.4.7", "greylisted for ever", "Subject: hello");
    }

    @Test
    void tellsTheSenderOfARefusalAndDeliversTheRest() {
        peer.on("RCPT TO:<bob@").replies("550 5.1.1 no such user");
        start("a.example A 127.0.0.1");
        accept("bob@a.example", "eve@a.example");
        awaitState("bob@a.example", RecipientState.BOUNCED);
        assertThat(store.state("eve@a.example")).contains(RecipientState.DELIVERED);
        NewMail notice = store.notices().get(0);
        assertThat(notice.envelope().sender().isNull()).isTrue();
        assertThat(notice.envelope().recipients().get(0).address()).isEqualTo(EmailAddress.of("ann@b.example"));
        assertThat(text(notice))
                .contains("Final-Recipient: rfc822; bob@a.example", "Status: 5.1.1", "Subject: hello")
                .doesNotContain("eve@a.example");
    }

    @Test
    void tellsTheNullSenderNothing() {
        peer.on("RCPT").replies("550 5.1.1 no such user");
        start("a.example A 127.0.0.1");
        accept(ReversePath.nullSender(), NextHop.parse("mx:a.example"), recipients("bob@a.example"));
        awaitState("bob@a.example", RecipientState.BOUNCED);
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void tellsOfSuccessOnlyWhereTheNextServerDoesNot() {
        start("a.example A 127.0.0.1");
        EnvelopeRecipient eager =
                new EnvelopeRecipient(EmailAddress.of("bob@a.example"), EnumSet.of(Notify.SUCCESS), Optional.empty());
        accept(ReversePath.of("ann@b.example"), NextHop.parse("mx:a.example"), List.of(eager));
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(store.notices()).isEmpty();
        peer.offers("PIPELINING");
        EnvelopeRecipient other =
                new EnvelopeRecipient(EmailAddress.of("eve@a.example"), EnumSet.of(Notify.SUCCESS), Optional.empty());
        clock.advance(Duration.ofMinutes(1));
        peer.first(1, "MAIL").repliesAndDrops("421 4.4.2 idle");
        accept(ReversePath.of("ann@b.example"), NextHop.parse("mx:a.example"), List.of(other));
        awaitState("eve@a.example", RecipientState.DELIVERED);
        assertThat(text(store.notices().get(0))).contains("Action: relayed", "Status: 2.0.0");
    }

    @Test
    void marksALostAnswerAsInDoubtAndTriesAgain() {
        peer.first(1, "MESSAGE").drops();
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.QUEUED);
        assertThat(outcome("bob@a.example").inDoubt()).isTrue();
        clock.advance(Duration.ofMinutes(10));
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(outcome("bob@a.example").inDoubt()).isFalse();
    }

    @Test
    void holdsInsteadWhenTheOperatorWantsThat() {
        settings = settings.whenInDoubt(DoubtPolicy.HOLD);
        peer.first(1, "MESSAGE").drops();
        peer.on("RCPT TO:<eve@").replies("450 4.2.1 busy");
        start("a.example A 127.0.0.1");
        accept("bob@a.example", "eve@a.example");
        awaitState("bob@a.example", RecipientState.HELD);
        assertThat(outcome("bob@a.example").inDoubt()).isTrue();
        awaitState("eve@a.example", RecipientState.QUEUED);
        clock.advance(Duration.ofMinutes(10));
        await().untilAsserted(() -> assertThat(store.reports()).hasSize(2));
        assertThat(peer.commands().stream().filter(line -> line.startsWith("RCPT TO:<bob@")))
                .hasSize(1);
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void sendsManyRecipientsInSeveralTransactions() {
        peer.on("RCPT TO:<u49@").replies("452 4.5.3 too many");
        start("a.example A 127.0.0.1");
        String[] all = new String[250];
        Arrays.setAll(all, i -> "u" + i + "@a.example");
        peer.first(1, "RCPT TO:<u49@").replies("452 4.5.3 too many");
        accept(all);
        await().untilAsserted(() -> assertThat(store.reports()).hasSize(1));
        assertThat(peer.messages()).hasSize(3);
        assertThat(store.reports().get(0).outcomes().stream()
                        .filter(outcome -> outcome.state() == RecipientState.DELIVERED))
                .hasSize(249);
    }

    @Test
    void storesAReportAgainUntilItIsDurable() {
        store.failReports(2);
        start("a.example A 127.0.0.1");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(peer.taken()).isEqualTo(1);
    }

    @Test
    void letsConversationsEndWhenItStops() {
        peer.on("MESSAGE").tarpits(Duration.ofMillis(300));
        DeliveryEngine engine = start("a.example A 127.0.0.1");
        for (int i = 0; i < 50; i++) {
            accept("u" + i + "@a.example");
        }
        await().untilAsserted(() -> assertThat(peer.commands()).contains("DATA"));
        stop(engine, Duration.ofSeconds(5));
        assertThat(store.claimed()).isZero();
        assertThat(store.finished()).isEqualTo(peer.taken()).isPositive();
    }

    @Test
    void givesBackWhatItMustCutOffAndRecordsDoubts() {
        peer.on("RCPT TO:<bob@").stalls();
        peer.on("MESSAGE").stalls();
        DeliveryEngine engine = start("a.example A 127.0.0.1");
        accept("bob@a.example");
        accept("eve@a.example");
        await().untilAsserted(() -> assertThat(peer.commands()).contains("RCPT TO:<bob@a.example>", "DATA"));
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        stop(engine, Duration.ofMillis(100));
        assertThat(store.claimed()).isZero();
        assertThat(store.outcome("bob@a.example")).isEmpty();
        assertThat(outcome("eve@a.example").inDoubt()).isTrue();
        assertThat(outcome("eve@a.example").state()).isEqualTo(RecipientState.QUEUED);
    }

    private static String hosts() {
        return "first.a.example A 127.0.0.1\nsecond.a.example A 127.0.0.2";
    }

    private ScriptedDestination peerOn(String address, int port) {
        ScriptedDestination started = ScriptedDestination.startOn(address, port);
        peers.add(started);
        return started;
    }

    private DeliveryEngine start(String... zone) {
        Dns dns = Zone.of(zone);
        DeliveryEngine engine = new DeliveryEngine(settings, store, dns, clock, new Random(7));
        engines.add(engine);
        engine.start();
        return engine;
    }

    private static void stop(DeliveryEngine engine, Duration limit) {
        engine.stop(limit).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void accept(String... recipients) {
        String domain = recipients[0].substring(recipients[0].indexOf('@') + 1);
        accept(new NextHop.MailExchangersOf(domain), recipients);
    }

    private void accept(NextHop nextHop, String... recipients) {
        accept(ReversePath.of("ann@b.example"), nextHop, recipients(recipients));
    }

    private static List<EnvelopeRecipient> recipients(String... recipients) {
        return Arrays.stream(recipients)
                .map(text -> EnvelopeRecipient.of(EmailAddress.of(text)))
                .toList();
    }

    private void accept(ReversePath sender, NextHop nextHop, List<EnvelopeRecipient> recipients) {
        Instant now = clock.instant();
        NewMail mail = new NewMail(
                "mail-" + ++mails, Envelope.of(sender, recipients), MessageContent.of(TEXT.getBytes(UTF_8)));
        store.accept(
                mail,
                List.of(new NewDelivery(
                        nextHop, recipients, now, now.plus(settings.retry().expiry()))));
    }

    private void awaitState(String address, RecipientState state) {
        await().untilAsserted(() -> assertThat(store.state(address)).contains(state));
    }

    private void awaitEnhanced(String address, String enhanced, RecipientState state) {
        awaitState(address, state);
        assertThat(outcome(address).reply().enhanced().orElseThrow()).hasToString(enhanced);
    }

    private RecipientOutcome outcome(String address) {
        return store.outcome(address).orElseThrow();
    }

    private static String text(NewMail mail) {
        try {
            return new String(mail.content().open().readAllBytes(), UTF_8).replace("\r\n ", " ");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
