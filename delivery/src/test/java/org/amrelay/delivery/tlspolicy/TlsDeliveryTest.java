// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.client.ScriptedDestination;
import org.amrelay.delivery.client.SmtpTimeouts;
import org.amrelay.delivery.dane.DaneEvaluator;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.delivery.lane.DeliverySettings;
import org.amrelay.delivery.lane.LaneLimits;
import org.amrelay.delivery.lane.VirtualClock;
import org.amrelay.delivery.mtasts.HttpsPolicyFetcher;
import org.amrelay.delivery.mtasts.HttpsPolicyFetcher.Limits;
import org.amrelay.delivery.mtasts.PolicyHost;
import org.amrelay.delivery.mtasts.StsEvaluator;
import org.amrelay.delivery.mtasts.StsPolicyStore;
import org.amrelay.delivery.queue.MemoryDeliveryStore;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TestAuthority;
import org.amrelay.delivery.tls.TestAuthority.Issued;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tlsreport.FailureDetail;
import org.amrelay.delivery.tlsreport.MemoryTlsCounts;
import org.amrelay.delivery.tlsreport.ReportedPolicy.Kind;
import org.amrelay.delivery.tlsreport.TlsCount;
import org.amrelay.delivery.tlsreport.TlsCounter;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.mail.dns.SignedDns;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything real: a signed DNS with its own root, an HTTPS policy host, a mail exchanger that speaks TLS. */
@Timeout(120)
class TlsDeliveryTest {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService JUDGING = Executors.newFixedThreadPool(2);
    private static final String TEXT = "Subject: hello\r\n\r\nhello\r\n";

    private final VirtualClock clock = new VirtualClock();
    private final TestAuthority authority = new TestAuthority(clock.instant());
    private final TestAuthority stranger = new TestAuthority(clock.instant());
    private final Issued certificate = authority.issue("mx.a.example");
    private final ScriptedDestination peer = ScriptedDestination.start();
    private final SignedDns dns = new SignedDns(clock.instant())
            .zone("example", true)
            .zone("a.example", true)
            .zone("plain.example", false)
            .add("a.example MX 10 mx.a.example.", "mx.a.example A 127.0.0.1")
            .add("plain.example MX 10 mx.a.example.");
    private final MemoryDeliveryStore store = new MemoryDeliveryStore();
    private final TlsCounter counter = new TlsCounter(clock);
    private final MemoryTlsCounts counts = new MemoryTlsCounts();
    private Optional<PolicyHost> policyHost = Optional.empty();
    private Optional<DeliveryEngine> engine = Optional.empty();
    private int mails;
    private RouteBook book = RouteBook.empty();

    private DeliverySettings settings = DeliverySettings.defaults("relay.example")
            .withMxPort(peer.port())
            .withTimeouts(SmtpTimeouts.all(Duration.ofSeconds(20)))
            .withLimits(LaneLimits.standard().withPoll(Duration.ofMillis(5)));

    @AfterEach
    void stopAll() {
        engine.ifPresent(each -> each.stop(Duration.ofSeconds(1))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
        policyHost.ifPresent(PolicyHost::close);
        peer.close();
        dns.close();
    }

    @AfterAll
    static void closeAll() {
        LOOPS.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        JUDGING.shutdown();
    }

    @Test
    void verifiesByDaneFromTheRootToTheHandshake() {
        publish(stranger.expired("other.example").tlsa(3, 1, 1), certificate.tlsa(3, 1, 1));
        peer.withTls(certificate.server());
        assertThat(delivered("bob@a.example")).contains("verified: DANE-EE 3 1 1", "DANE of mx.a.example");
        assertThat(counted()).singleElement().satisfies(count -> {
            assertThat(count.policy().kind()).isEqualTo(Kind.TLSA);
            assertThat(count.failure()).isEmpty();
        });
    }

    @Test
    void verifiesByDaneTaWithTheName() {
        publish(certificate.tlsa(2, 0, 1));
        peer.withTls(certificate.server());
        assertThat(delivered("bob@a.example")).contains("verified: DANE-TA 2 0 1");
    }

    @Test
    void keepsMailFromAHostWhoseCertificateDoesNotFit() {
        publish(certificate.tlsa(3, 1, 1));
        peer.withTls(stranger.issue("mx.a.example").server());
        assertThat(putOff("bob@a.example").reply())
                .satisfies(reply -> assertThat(reply.isTemporary()).isTrue())
                .satisfies(reply -> assertThat(reply.text()).contains("no TLSA record fits", "DANE of mx.a.example"));
        assertThat(peer.commands()).doesNotContain("MAIL FROM:<ann@b.example>");
        assertThat(peer.messages()).isEmpty();
        assertThat(counted())
                .singleElement()
                .satisfies(count ->
                        assertThat(count.failure()).map(FailureDetail::result).contains("validation-failure"));
    }

    @Test
    void keepsMailFromAHostThatOffersNoTlsAlthoughItHasRecords() {
        publish(certificate.tlsa(3, 1, 1));
        assertThat(putOff("bob@a.example").reply().text()).contains("does not offer it", "DANE");
        assertThat(counted())
                .singleElement()
                .satisfies(count ->
                        assertThat(count.failure()).map(FailureDetail::result).contains("starttls-not-supported"));
    }

    @Test
    void keepsMailFromAHostThatRefusesStartTls() {
        publish(certificate.tlsa(3, 1, 1));
        peer.withTls(certificate.server()).on("STARTTLS").replies("454 4.7.0 no key");
        assertThat(putOff("bob@a.example").reply())
                .satisfies(reply -> assertThat(reply.enhanced().orElseThrow()).hasToString("4.7.5"))
                .satisfies(reply -> assertThat(reply.text()).contains("454 4.7.0 no key", "DANE of mx.a.example"));
    }

    @Test
    void asksForTlsWithAnyCertificateWhenNoRecordIsUsable() {
        publish(certificate.tlsa(1, 1, 1));
        peer.withTls(stranger.issue("nobody.example").server());
        assertThat(delivered("bob@a.example")).contains("without a usable record");
        assertThat(peer.messages()).hasSize(1);
    }

    @Test
    void putsMailOffWhenTheRecordsAreForged() {
        publish(certificate.tlsa(3, 1, 1));
        dns.forge("_" + peer.port() + "._tcp.mx.a.example", "TLSA");
        peer.withTls(certificate.server());
        assertThat(putOff("bob@a.example").reply().text()).contains("TLSA records of mx.a.example", "DNSSEC");
        assertThat(peer.connections()).isZero();
        assertThat(counted())
                .anySatisfy(count ->
                        assertThat(count.failure()).map(FailureDetail::result).contains("dnssec-invalid"));
    }

    @Test
    void putsMailOffWhenTheRecordsCannotBeHad() {
        dns.fail("_" + peer.port() + "._tcp.mx.a.example");
        peer.withTls(certificate.server());
        assertThat(putOff("bob@a.example").reply().isTemporary()).isTrue();
        assertThat(peer.connections()).isZero();
    }

    @Test
    void asksForNoRecordsWhenTheExchangerIsNotCertain() {
        publish(stranger.issue("x.example").tlsa(3, 1, 1));
        peer.withTls(certificate.server());
        assertThat(delivered("bob@plain.example")).contains("opportunistic: unsigned MX");
        assertThat(dns.asked()).noneMatch(question -> question.endsWith(" TLSA"));
    }

    @Test
    void enforcesTheDomainsOwnPolicy() {
        sts("enforce", "mx.a.example");
        peer.withTls(certificate.server());
        assertThat(delivered("bob@plain.example"))
                .contains("verified: certificate for mx.a.example", "MTA-STS enforce of plain.example");
        assertThat(counted()).singleElement().satisfies(count -> {
            assertThat(count.policy().kind()).isEqualTo(Kind.STS);
            assertThat(count.policy().text()).contains("mode: enforce", "mx: mx.a.example");
        });
    }

    @Test
    void putsMailOffWhenTheCertificateDoesNotSatisfyAnEnforcedPolicy() {
        sts("enforce", "mx.a.example");
        peer.withTls(stranger.issue("mx.a.example").server());
        assertThat(putOff("bob@plain.example").reply())
                .satisfies(reply -> assertThat(reply.isTemporary()).isTrue())
                .satisfies(reply -> assertThat(reply.text()).contains("is not to be trusted", "MTA-STS enforce"));
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void putsMailOffWhenAnEnforcedPolicyDoesNotNameTheExchanger() {
        sts("enforce", "*.other.example");
        peer.withTls(certificate.server());
        assertThat(putOff("bob@plain.example").reply().text()).contains("does not name mx.a.example");
        assertThat(peer.connections()).isZero();
    }

    @Test
    void neverKeepsMailBackForATestedPolicyButCounts() {
        sts("testing", "*.other.example");
        peer.withTls(stranger.issue("nobody.example").server());
        assertThat(delivered("bob@plain.example")).contains("not verified", "MTA-STS testing of plain.example");
        assertThat(counted()).singleElement().satisfies(count -> {
            assertThat(count.policy().kind()).isEqualTo(Kind.STS);
            assertThat(count.failure()).isPresent();
        });
    }

    @Test
    void neverKeepsMailBackForATestedPolicyWithoutTls() {
        sts("testing", "mx.a.example");
        assertThat(delivered("bob@plain.example")).contains("none: STARTTLS is not offered");
        assertThat(counted())
                .singleElement()
                .satisfies(count ->
                        assertThat(count.failure()).map(FailureDetail::result).contains("starttls-not-supported"));
    }

    // RFC 8461 §2
    @Test
    void neverLetsAPolicyOverrideDane() {
        stsFor("a.example", "enforce", "mx.a.example");
        publish(stranger.issue("mx.a.example").tlsa(3, 1, 1));
        peer.withTls(certificate.server());
        assertThat(putOff("bob@a.example").reply().text()).contains("no TLSA record fits");
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void deliversByDaneWhatAPolicyWouldRefuse() {
        stsFor("a.example", "enforce", "*.other.example");
        publish(certificate.tlsa(3, 1, 1));
        peer.withTls(certificate.server());
        assertThat(delivered("bob@a.example")).contains("DANE-EE");
    }

    // RFC 8689 §5
    @Test
    void deliversInSpiteOfThePolicyWhenTheSenderWantsSo() {
        publish(certificate.tlsa(3, 1, 1));
        peer.withTls(stranger.issue("x.example").server());
        start(TlsPolicySettings.defaults());
        accept("bob@a.example", "TLS-Required: No\r\n" + TEXT);
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(outcome("bob@a.example").tls()).contains("TLS-Required: No, in spite of DANE of mx.a.example");
        accept("eve@a.example", TEXT);
        soon().untilAsserted(() -> assertThat(store.outcome("eve@a.example")).isPresent());
        assertThat(store.state("eve@a.example")).contains(RecipientState.QUEUED);
        assertThat(peer.messages()).hasSize(1);
    }

    // RFC 8689 §4.2.1
    @Test
    void passesRequireTlsOnToAVerifiedServerThatKnowsIt() {
        publish(certificate.tlsa(3, 1, 1));
        peer.withTls(certificate.server()).alsoOffers("REQUIRETLS");
        start(TlsPolicySettings.defaults());
        accept("bob@a.example", TEXT, true);
        awaitState("bob@a.example", RecipientState.DELIVERED);
        assertThat(peer.commands()).anyMatch(line -> line.startsWith("MAIL FROM:") && line.contains(" REQUIRETLS"));
    }

    @Test
    void refusesToPassRequireTlsOnToAServerThatDoesNotKnowIt() {
        publish(certificate.tlsa(3, 1, 1));
        peer.withTls(certificate.server());
        start(TlsPolicySettings.defaults());
        accept("bob@a.example", TEXT, true);
        awaitState("bob@a.example", RecipientState.BOUNCED);
        assertThat(outcome("bob@a.example").reply().enhanced().orElseThrow()).hasToString("5.7.30");
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void putsRequireTlsOffWhereTheServerIsNotVerified() {
        peer.withTls(certificate.server()).alsoOffers("REQUIRETLS");
        start(TlsPolicySettings.defaults());
        // Not even with a waiver in the message: the envelope is stronger
        accept("bob@plain.example", "TLS-Required: No\r\n" + TEXT, true);
        soon().untilAsserted(
                        () -> assertThat(store.outcome("bob@plain.example")).isPresent());
        assertThat(store.state("bob@plain.example")).contains(RecipientState.QUEUED);
        assertThat(outcome("bob@plain.example").reply().text()).contains("the sender requires TLS");
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void wantsWhatAnExceptionWants() {
        peer.withTls(certificate.server());
        assertThat(deliveredWith("bob@plain.example", exception(DomainTls.of(TlsPolicy.VERIFIED))))
                .contains("verified: certificate for mx.a.example", "by the exception for plain.example");
    }

    @Test
    void takesOnlyListedFingerprints() {
        peer.withTls(certificate.server());
        String print = TestAuthority.association(certificate.chain().get(0), 0, 1);
        assertThat(deliveredWith(
                        "bob@plain.example",
                        exception(new DomainTls(TlsPolicy.FINGERPRINT, List.of(print), List.of()))))
                .contains("verified: fingerprint of the certificate");
    }

    @Test
    void refusesOtherFingerprints() {
        peer.withTls(certificate.server());
        start(exception(new DomainTls(TlsPolicy.FINGERPRINT, List.of("00".repeat(32)), List.of())));
        accept("bob@plain.example", "TLS-Required: No\r\n" + TEXT);
        soon().untilAsserted(
                        () -> assertThat(store.outcome("bob@plain.example")).isPresent());
        // Our own settings are not the sender's to waive
        assertThat(outcome("bob@plain.example").reply().text()).contains("not among the fingerprints");
        assertThat(peer.messages()).isEmpty();
    }

    private void pinned(String print) {
        book = RouteBookReader.read(
                "routes: [{name: pinned, to: mx, tls: fingerprint, fingerprints: '" + print + "'}]",
                new RouteResources(Map.of(), Path.of("/nowhere")));
    }

    @Test
    void takesTheFingerprintsOfARoute() {
        peer.withTls(certificate.server());
        pinned(TestAuthority.association(certificate.chain().get(0), 0, 1));
        assertThat(delivered("bob@plain.example")).contains("verified: fingerprint of the certificate", "by the route");
    }

    @Test
    void keepsMailOfARouteFromAHostWithAnotherFingerprint() {
        peer.withTls(certificate.server());
        pinned("00".repeat(32));
        assertThat(putOff("bob@plain.example").reply().text()).contains("not among the fingerprints");
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void neverAsksForTlsWhereAnExceptionForbidsIt() {
        peer.withTls(certificate.server());
        assertThat(deliveredWith("bob@plain.example", exception(DomainTls.of(TlsPolicy.NONE))))
                .isEmpty();
        assertThat(peer.commands()).doesNotContain("STARTTLS");
    }

    @Test
    void refusesWhenDaneIsRequiredAndNotThere() {
        peer.withTls(certificate.server());
        start(exception(DomainTls.of(TlsPolicy.DANE)));
        accept("bob@plain.example", TEXT);
        soon().untilAsserted(
                        () -> assertThat(store.outcome("bob@plain.example")).isPresent());
        assertThat(outcome("bob@plain.example").reply().text()).contains("DANE is required");
    }

    private static TlsPolicySettings exception(DomainTls policy) {
        return new TlsPolicySettings(Map.of("*.example", policy), true, true);
    }

    private void publish(String... tlsa) {
        for (String each : tlsa) {
            dns.add("_" + peer.port() + "._tcp.mx.a.example TLSA " + each);
        }
    }

    private void sts(String mode, String mx) {
        stsFor("plain.example", mode, mx);
    }

    private void stsFor(String domain, String mode, String mx) {
        dns.add("_mta-sts." + domain + " TXT \"v=STSv1; id=1\"", "mta-sts." + domain + " A 127.0.0.1");
        policyHost = Optional.of(new PolicyHost(
                authority.issue("mta-sts." + domain),
                "version: STSv1\nmode: " + mode + "\nmx: " + mx + "\nmax_age: 86400\n"));
    }

    private void start(TlsPolicySettings policies) {
        ResolvingDns resolver = new ResolvingDns(dns.settings(), clock);
        HttpsPolicyFetcher fetcher = new HttpsPolicyFetcher(
                resolver,
                authority.trusted(),
                ClientTls.ofJavaRuntime(),
                LOOPS,
                JUDGING,
                new Limits(policyHost.map(PolicyHost::port).orElse(1), Duration.ofSeconds(10), Duration.ofSeconds(30)));
        TlsPolicyEvaluator evaluator = new TlsPolicyEvaluator(
                policies,
                new TlsPolicyEvaluator.Sources(
                        new DaneEvaluator(resolver),
                        Optional.of(new StsEvaluator(resolver, fetcher, StsPolicyStore.none(), clock)),
                        authority.trusted(),
                        counter,
                        clock));
        DeliveryEngine started = new DeliveryEngine(
                settings,
                new DeliveryEngine.Rules(
                        new RouteBooks(book),
                        Shaping.open(ShapingRules.none(), ShapingMemory.none(), clock.instant()),
                        evaluator),
                store,
                resolver,
                clock,
                new Random(1));
        started.start();
        engine = Optional.of(started);
    }

    private String delivered(String recipient) {
        return deliveredWith(recipient, TlsPolicySettings.defaults());
    }

    private String deliveredWith(String recipient, TlsPolicySettings policies) {
        start(policies);
        accept(recipient, TEXT);
        awaitState(recipient, RecipientState.DELIVERED);
        return outcome(recipient).tls();
    }

    private RecipientOutcome putOff(String recipient) {
        start(TlsPolicySettings.defaults());
        accept(recipient, TEXT);
        soon().untilAsserted(() -> assertThat(store.outcome(recipient)).isPresent());
        assertThat(store.state(recipient)).contains(RecipientState.QUEUED);
        return outcome(recipient);
    }

    private void accept(String recipient, String text) {
        accept(recipient, text, false);
    }

    private void accept(String recipient, String text, boolean requireTls) {
        Instant now = clock.instant();
        List<EnvelopeRecipient> recipients = List.of(EnvelopeRecipient.of(EmailAddress.of(recipient)));
        NewMail mail = new NewMail(
                "mail-" + ++mails,
                Envelope.of(ReversePath.of("ann@b.example"), recipients).withRequireTls(requireTls),
                MessageContent.of(text.getBytes(UTF_8)));
        String domain = recipient.substring(recipient.indexOf('@') + 1);
        store.accept(
                mail,
                List.of(new NewDelivery(
                        book.isEmpty() ? new NextHop.MailExchangersOf(domain) : new NextHop.ByRoute("pinned", domain),
                        recipients,
                        now,
                        now.plus(Duration.ofDays(5)))));
    }

    private void awaitState(String address, RecipientState state) {
        soon().untilAsserted(() -> assertThat(store.state(address)).contains(state));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private RecipientOutcome outcome(String address) {
        return store.outcome(address).orElseThrow();
    }

    private List<TlsCount> counted() {
        counter.flush(counts).toCompletableFuture().join();
        return counts.all();
    }
}
