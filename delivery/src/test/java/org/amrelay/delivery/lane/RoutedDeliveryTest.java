// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.amrelay.delivery.route.MailTraits;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
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

/** Deliveries by the route book, to scripted destinations on the addresses of the loopback net. */
@Timeout(120)
class RoutedDeliveryTest {
    private static final ReversePath ANN = ReversePath.of("ann@b.example");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final VirtualClock clock = new VirtualClock();
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();
    private final RouteBooks books = new RouteBooks(RouteBook.empty());
    private final Random random = new Random(4711);
    private final List<ScriptedDestination> peers = new ArrayList<>();
    private final ScriptedDestination first = peerOn("127.0.0.1", 0);
    private final ScriptedDestination second = peerOn("127.0.0.2", first.port());
    private Optional<DeliveryEngine> engine = Optional.empty();
    private int mails;

    private DeliverySettings settings = DeliverySettings.defaults("relay.example")
            .withMxPort(1)
            .withTimeouts(SmtpTimeouts.all(Duration.ofSeconds(20)))
            .withLimits(LaneLimits.standard().withPoll(Duration.ofMillis(5)).withIdle(Duration.ZERO));

    @BeforeEach
    void start() {
        start(settings);
    }

    private void start(DeliverySettings with) {
        stopAll();
        DeliveryEngine started = new DeliveryEngine(
                with,
                store,
                Zone.of("a.example MX 10 mx.a.example.", "mx.a.example A 127.0.0.1"),
                books,
                clock,
                new Random(7));
        engine = Optional.of(started);
        started.start();
    }

    private void stopAll() {
        engine.ifPresent(running -> running.stop(Duration.ofSeconds(1))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
    }

    @AfterEach
    void stopEverything() {
        stopAll();
        peers.forEach(ScriptedDestination::close);
    }

    private ScriptedDestination peerOn(String address, int port) {
        ScriptedDestination started = ScriptedDestination.startOn(address, port);
        peers.add(started);
        return started;
    }

    @Test
    void leavesKeptConnectionsWhenARouteLeadsElsewhere() {
        start(settings.withLimits(
                LaneLimits.standard().withPoll(Duration.ofMillis(5)).withIdle(Duration.ofMinutes(5))));
        routes("- {name: s, to: smarthosts, hosts: '@1'}");
        accept("bob@x.example");
        awaitState("bob@x.example", RecipientState.DELIVERED);
        assertThat(first.openConnections()).isEqualTo(1);
        routes("- {name: s, to: smarthosts, hosts: '@2'}");
        accept("eve@x.example");
        awaitState("eve@x.example", RecipientState.DELIVERED);
        assertThat(second.messages()).hasSize(1);
        await().atMost(SOON).until(() -> first.openConnections() == 0);
    }

    @Test
    void triesTheMailOfARouteAgainAsTheRouteSays() {
        routes("- {name: s, to: smarthosts, hosts: '@9', retry: {delays: [30s], jitter: 0, expiry: 60s}}");
        accept("bob@x.example");
        await().atMost(SOON).untilAsserted(() -> assertThat(store.reports()).hasSize(1));
        clock.advance(Duration.ofSeconds(31));
        await().atMost(SOON).untilAsserted(() -> assertThat(store.reports()).hasSize(2));
        clock.advance(Duration.ofSeconds(31));
        awaitState("bob@x.example", RecipientState.EXPIRED);
    }

    /** {@code @1} stands for the first destination, {@code @9} for an address where nobody listens, and so on. */
    private void routes(String... lines) {
        String text = String.join("\n", lines)
                .replaceAll("@([0-9])", "127.0.0.$1:" + first.port())
                .replace("PORT", Integer.toString(first.port()));
        books.replace(RouteBookReader.read("routes:\n" + text, new RouteResources(Map.of(), Path.of("/nowhere"))));
    }

    /** Queues a mail as the mailet would. */
    private void accept(String... recipients) {
        EmailAddress address = EmailAddress.of(recipients[0]);
        MailTraits traits = new MailTraits(ANN, Optional.empty(), 1, Map.of(), Map.of(), Optional.empty());
        accept(books.current().decide(traits, address).orElseThrow().nextHop(address, random), recipients);
    }

    private void accept(NextHop nextHop, String... recipients) {
        Instant now = clock.instant();
        List<EnvelopeRecipient> all = java.util.Arrays.stream(recipients)
                .map(text -> EnvelopeRecipient.of(EmailAddress.of(text)))
                .toList();
        NewMail mail = new NewMail(
                "mail-" + ++mails, Envelope.of(ANN, all), MessageContent.of("Subject: x\r\n\r\nx\r\n".getBytes(UTF_8)));
        store.accept(mail, List.of(new NewDelivery(nextHop, all, now, now.plus(Duration.ofDays(5)))));
    }

    private void awaitState(String address, RecipientState state) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(store.state(address)).contains(state));
    }

    private String reply(String address) {
        return store.outcome(address).orElseThrow().reply().toString();
    }

    @Test
    void goesToTheNextHostWhileTheFirstIsDownAndBackWhenItWorksAgain() {
        routes("- {name: s, to: smarthosts, hosts: ['@9', '@2']}");
        accept("u1@x.example");
        awaitState("u1@x.example", RecipientState.DELIVERED);
        ScriptedDestination back = peerOn("127.0.0.9", first.port());
        accept("u2@x.example");
        awaitState("u2@x.example", RecipientState.DELIVERED);
        assertThat(back.connections()).as("put aside").isZero();
        assertThat(second.taken()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(3));
        accept("u3@x.example");
        awaitState("u3@x.example", RecipientState.DELIVERED);
        accept("u4@x.example");
        awaitState("u4@x.example", RecipientState.DELIVERED);
        assertThat(back.taken()).as("probed, then used").isEqualTo(2);
        assertThat(second.taken()).isEqualTo(2);
    }

    @Test
    void offersWhomOneHostPutsOffToTheNextAndBouncesWhomItRefuses() {
        first.on("RCPT TO:<later@").replies("451 4.3.0 not now");
        first.on("RCPT TO:<nobody@").replies("550 5.1.1 no such user");
        routes("- {name: s, to: smarthosts, hosts: ['@1', '@2']}");
        accept("later@x.example", "nobody@x.example", "bob@x.example");
        awaitState("bob@x.example", RecipientState.DELIVERED);
        assertThat(store.state("later@x.example")).contains(RecipientState.DELIVERED);
        assertThat(store.state("nobody@x.example")).contains(RecipientState.BOUNCED);
        assertThat(second.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.rcpts()).containsExactly("RCPT TO:<later@x.example>"));
    }

    @Test
    void sharesMessagesByWeightAlthoughConnectionsAreKept() {
        start(settings.withLimits(settings.limits().withIdle(Duration.ofSeconds(30))));
        first.onlyCounts();
        second.onlyCounts();
        routes(
                "- name: s",
                "  to: smarthosts",
                "  share: by-weight",
                "  hosts: [{host: 127.0.0.1, port: PORT, weight: 3}, {host: 127.0.0.2, port: PORT}]");
        for (int i = 0; i < 400; i++) {
            accept("u" + i + "@x.example");
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(store.finished()).isEqualTo(400));
        assertThat(first.taken() + second.taken()).isEqualTo(400);
        // 300 expected, four standard deviations are 35
        assertThat(first.taken()).isBetween(265, 335);
        assertThat(first.connections() + second.connections()).isLessThan(200);
    }

    @Test
    void givesTheShareOfADeadHostToTheOthers() {
        routes(
                "- name: s",
                "  to: smarthosts",
                "  share: by-weight",
                "  hosts: [{host: 127.0.0.9, port: PORT, weight: 9}, {host: 127.0.0.2, port: PORT}]");
        for (int i = 0; i < 50; i++) {
            accept("u" + i + "@x.example");
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(store.finished()).isEqualTo(50));
        assertThat(second.taken()).isEqualTo(50);
    }

    @Test
    void sharesConnectionsAmongSourcesByWeightEachWithItsName() {
        routes(
                "- name: s",
                "  to: smarthosts",
                "  hosts: '@1'",
                "  sources:",
                "    - {address: 127.0.0.2, weight: 3, ehlo: two.example}",
                "    - {address: 127.0.0.3, ehlo: three.example}",
                "    - {address: '::1', weight: 900, ehlo: six.example}");
        for (int i = 0; i < 200; i++) {
            accept("u" + i + "@x.example");
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(store.finished()).isEqualTo(200));
        long two = first.commands().stream().filter("EHLO two.example"::equals).count();
        long three =
                first.commands().stream().filter("EHLO three.example"::equals).count();
        assertThat(two + three).isEqualTo(200);
        // 150 expected, four standard deviations are 24
        assertThat(two).isBetween(126L, 174L);
    }

    @Test
    void waitsWhenNoSourceFits() {
        routes("- {name: s, to: smarthosts, hosts: '@1', sources: '::1'}");
        accept("bob@x.example");
        awaitState("bob@x.example", RecipientState.QUEUED);
        assertThat(reply("bob@x.example")).startsWith("451 4.3.5 none of the route's sources can reach");
    }

    @Test
    void waitsForARouteThatHasVanishedAndFollowsItWhenItIsBack() {
        routes("- {name: s, to: smarthosts, hosts: '@9'}");
        accept("bob@x.example");
        awaitState("bob@x.example", RecipientState.QUEUED);
        books.replace(RouteBook.empty());
        clock.advance(Duration.ofHours(1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reply("bob@x.example"))
                        .isEqualTo("451 4.3.5 there is no route 's' in routes.yaml any more"));
        assertThat(store.state("bob@x.example")).contains(RecipientState.QUEUED);
        routes("- {name: s, to: discard}");
        clock.advance(Duration.ofHours(3));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reply("bob@x.example"))
                        .isEqualTo("451 4.3.5 the route 's' in routes.yaml does not deliver any more"));
        routes("- {name: s, to: mx}");
        clock.advance(Duration.ofHours(3));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reply("bob@x.example")).contains("now it is 'mx'"));
        routes("- {name: t, to: smarthosts, hosts: '@2'}", "- {name: s, to: t, by-name-only: true}");
        clock.advance(Duration.ofHours(3));
        awaitState("bob@x.example", RecipientState.DELIVERED);
        assertThat(second.taken()).isEqualTo(1);
    }

    @Test
    void takesTheExchangersOfTheDomainWithTheOptionsOfTheRoute() {
        routes("- {name: s, to: mx, port: PORT, ehlo: special.example}");
        accept("bob@a.example");
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(first.commands()).contains("EHLO special.example");
        accept("bob@missing.example");
        awaitState("bob@missing.example", RecipientState.BOUNCED);
        assertThat(reply("bob@missing.example")).startsWith("550 5.1.2");
    }

    @Test
    void neverBouncesForHostsThatCannotBeFoundOrAreTheRelayItself() {
        start(settings.withSelf(
                new OwnIdentity(Set.of("relay.example"), Set.of(new InetSocketAddress("127.0.0.1", first.port())))));
        routes(
                "- {name: gone, to: smarthosts, hosts: gone.example, when: {recipients: g.example}}",
                "- {name: self, to: smarthosts, hosts: '@1', when: {recipients: s.example}}");
        accept("bob@g.example");
        awaitState("bob@g.example", RecipientState.QUEUED);
        assertThat(reply("bob@g.example")).startsWith("451 4.4.4 no mail host of route:gone has an address");
        accept("bob@s.example");
        awaitState("bob@s.example", RecipientState.QUEUED);
        assertThat(reply("bob@s.example")).startsWith("451 4.4.4 mail for route:self would come back");
    }

    @Test
    void deliversToAMailboxServerByLmtp() {
        first.on("LHLO").replies("250-mailbox.example", "250-PIPELINING", "250 8BITMIME");
        first.on("MESSAGE").replies("250 2.1.5 bob has it", "550 5.2.1 eve is gone", "452 4.2.2 joe is full");
        second.on("LHLO").replies("250-mailbox.example", "250-PIPELINING", "250 8BITMIME");
        second.on("MESSAGE").replies("250 2.1.5 joe has it");
        routes("- {name: boxes, to: lmtp, hosts: ['@1', '@2']}");
        accept("bob@x.example", "eve@x.example", "joe@x.example");
        awaitState("joe@x.example", RecipientState.DELIVERED);
        assertThat(store.state("bob@x.example")).contains(RecipientState.DELIVERED);
        assertThat(store.state("eve@x.example")).contains(RecipientState.BOUNCED);
        assertThat(second.commands()).contains("RCPT TO:<joe@x.example>").doesNotContain("RCPT TO:<bob@x.example>");
    }

    @Test
    void waitsWhenTheLogInIsRefused() {
        routes("- {name: s, to: smarthosts, hosts: '@1'}");
        books.replace(RouteBookReader.read(
                "routes: [{name: s, to: smarthosts, hosts: '127.0.0.1:" + first.port()
                        + "', auth: {user: u, secret-variable: P}}]",
                new RouteResources(Map.of("P", "swordfish"), Path.of("/nowhere"))));
        first.alsoOffers("AUTH PLAIN");
        accept("bob@x.example");
        awaitState("bob@x.example", RecipientState.QUEUED);
        assertThat(reply("bob@x.example"))
                .startsWith("454 4.7.0 no password is sent")
                .doesNotContain("swordfish");
        assertThat(first.commands()).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
    }
}
