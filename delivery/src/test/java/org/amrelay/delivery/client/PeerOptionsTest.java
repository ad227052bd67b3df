// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.client.OpenResult.Opened;
import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.client.PeerOptions.Protocol;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.HostNames;
import org.amrelay.delivery.tls.TlsMaterial;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tls.TlsRequirement;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PeerOptionsTest {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService BLOCKING = Executors.newFixedThreadPool(2);
    private static final HostCertificate OF_HOST = HostCertificate.of("h.example");
    private static final String PASSWORD = "swordfish";
    private static final PeerOptions PLAIN = PeerOptions.standard();

    private final ScriptedDestination peer = ScriptedDestination.start();

    @AfterEach
    void close() {
        peer.close();
    }

    @AfterAll
    static void closeAll() {
        LOOPS.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        BLOCKING.shutdown();
    }

    private static LogIn logIn(HostCertificate trusted) {
        TlsMaterial material = new TlsMaterial(Optional.empty(), List.of(trusted.certificate()));
        return new LogIn("relay", new Secret(PASSWORD), CertificateJudge.trusting(material.trustStore()));
    }

    private static PeerOptions with(LogIn logIn, boolean implicitTls) {
        return new PeerOptions(
                Protocol.SMTP,
                implicitTls,
                Optional.empty(),
                Optional.of(logIn),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static PeerOptions lmtp() {
        return new PeerOptions(
                Protocol.LMTP,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static OpenResult open(String host, InetSocketAddress address, TlsPolicy tls, PeerOptions options) {
        return new SmtpClient(
                        "relay.example",
                        SmtpTimeouts.all(Duration.ofSeconds(20)),
                        ClientTls.ofJavaRuntime(),
                        LOOPS,
                        BLOCKING)
                .open(new Target(host, address, TlsRequirement.of(tls), options))
                .toCompletableFuture()
                .join();
    }

    private OutboundSession opened(TlsPolicy tls, PeerOptions options) {
        OpenResult result = open("h.example", peer.address(), tls, options);
        assertThat(result).isInstanceOf(Opened.class);
        return ((Opened) result).connection();
    }

    private String refused(String host, TlsPolicy tls, PeerOptions options) {
        OpenResult result = open(host, peer.address(), tls, options);
        assertThat(result).isInstanceOf(Unavailable.class);
        return ((Unavailable) result).reply().toString();
    }

    private static TransactionResult send(OutboundSession session, String... recipients) {
        return session.send(new Outgoing(
                        ReversePath.of("ann@b.example"),
                        java.util.Arrays.stream(recipients)
                                .map(EmailAddress::of)
                                .map(EnvelopeRecipient::of)
                                .toList(),
                        Optional.empty(),
                        Optional.empty(),
                        MessageContent.of("Subject: hi\r\n\r\n.dot\r\n".getBytes(UTF_8)),
                        false))
                .toCompletableFuture()
                .join();
    }

    private static List<Kind> kinds(TransactionResult result) {
        return result.verdicts().stream().map(Verdict::kind).toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Whatever was sent, the password was not among it. */
    private void thePasswordWasKeptBack() {
        assertThat(peer.commands())
                .noneMatch(command -> command.contains(base64(PASSWORD)) || command.contains("AUTH PLAIN"));
    }

    @Test
    void logsInWithPlainOverAVerifiedSession() {
        peer.withTls(OF_HOST.server()).alsoOffers("AUTH LOGIN PLAIN");
        peer.on("AUTH PLAIN " + base64("\0relay\0" + PASSWORD)).replies("235 2.7.0 welcome");
        OutboundSession session = opened(TlsPolicy.REQUIRED, with(logIn(OF_HOST), false));
        assertThat(kinds(send(session, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
    }

    @Test
    void logsInWithLoginWhereThereIsNothingElse() {
        peer.withTls(OF_HOST.server()).alsoOffers("AUTH LOGIN");
        peer.on("AUTH LOGIN").replies("334 VXNlcm5hbWU6");
        peer.on(base64("relay")).replies("334 UGFzc3dvcmQ6");
        peer.on(base64(PASSWORD)).replies("235 2.7.0 welcome");
        opened(TlsPolicy.REQUIRED, with(logIn(OF_HOST), false));
        assertThat(peer.commands()).containsSubsequence("AUTH LOGIN", base64("relay"), base64(PASSWORD));
    }

    @Test
    void sendsNoPasswordWithoutTls() {
        peer.alsoOffers("AUTH PLAIN LOGIN");
        assertThat(refused("h.example", TlsPolicy.OPPORTUNISTIC, with(logIn(OF_HOST), false)))
                .startsWith("454 4.7.0 no password is sent to h.example")
                .endsWith("the session has no TLS");
        thePasswordWasKeptBack();
    }

    @ParameterizedTest(name = "a {0} certificate for {1}")
    @CsvSource({
        "trusted, other.example, its certificate is not for other.example",
        "trusted, 127.0.0.1, its certificate is not for 127.0.0.1",
        "stranger's, h.example, its certificate is not trusted"
    })
    void sendsNoPasswordToAServerThatCannotShowWhoItIs(String kind, String host, String reason) {
        HostCertificate trusted = kind.equals("trusted") ? OF_HOST : HostCertificate.of("h.example");
        peer.withTls(OF_HOST.server()).alsoOffers("AUTH PLAIN LOGIN");
        assertThat(refused(host, TlsPolicy.REQUIRED, with(logIn(trusted), false)))
                .startsWith("454 4.7.0")
                .contains(reason);
        thePasswordWasKeptBack();
    }

    @ParameterizedTest
    @ValueSource(strings = {"535 5.7.8 wrong password", "454 4.7.0 try later", "334 more", "503 5.5.1 no"})
    void isUnavailableWhenTheLogInFailsWhateverTheCodeIs(String reply) {
        peer.withTls(OF_HOST.server()).alsoOffers("AUTH PLAIN");
        peer.on("AUTH").replies(reply);
        assertThat(refused("h.example", TlsPolicy.REQUIRED, with(logIn(OF_HOST), false)))
                .startsWith(reply.substring(0, 3))
                .doesNotContain(PASSWORD);
    }

    @Test
    void isUnavailableWhenTheServerOffersNoLogInOfOurs() {
        peer.withTls(OF_HOST.server()).alsoOffers("AUTH CRAM-MD5 GSSAPI");
        assertThat(refused("h.example", TlsPolicy.REQUIRED, with(logIn(OF_HOST), false)))
                .contains("offers no log-in of ours");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void isUnavailableWhenTheConnectionIsLostDuringTheLogIn() {
        peer.withTls(OF_HOST.server()).alsoOffers("AUTH PLAIN");
        peer.on("AUTH").drops();
        assertThat(refused("h.example", TlsPolicy.REQUIRED, with(logIn(OF_HOST), false)))
                .startsWith("451 4.4.2");
    }

    @Test
    void provesThePasswordWithScramWithoutTlsWhenTheRouteWantsNone() throws Exception {
        ScramServer server = new ScramServer("relay", PASSWORD);
        try (HandmadePeer scram = HandmadePeer.start(server::converse)) {
            assertThat(open("h.example", scram.address(), TlsPolicy.NONE, with(logIn(OF_HOST), false)))
                    .isInstanceOf(Opened.class);
            await().untilAsserted(() -> assertThat(server.letIn()).isEqualTo(1));
            assertThat(scram.failures()).isEmpty();
        }
    }

    /** Somebody in between, who has taken the TLS away, would be let in with our proof. */
    @Test
    void provesNothingToAServerThatHasLostItsTls() {
        peer.alsoOffers("AUTH SCRAM-SHA-256");
        assertThat(refused("h.example", TlsPolicy.OPPORTUNISTIC, with(logIn(OF_HOST), false)))
                .contains("no password is sent");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void leavesAServerThatAsksForAPasswordWhichItDoesNotKnow() throws Exception {
        ScramServer server = new ScramServer("relay", "guess").believingEverything();
        try (HandmadePeer scram = HandmadePeer.start(server::converse)) {
            OpenResult result = open("h.example", scram.address(), TlsPolicy.NONE, with(logIn(OF_HOST), false));
            assertThat(((Unavailable) result).reply().text()).contains("does not know the password it asks for");
        }
    }

    @Test
    void isRefusedByAScramServerWithAnotherPassword() throws Exception {
        ScramServer server = new ScramServer("relay", "other");
        try (HandmadePeer scram = HandmadePeer.start(server::converse)) {
            OpenResult result = open("h.example", scram.address(), TlsPolicy.NONE, with(logIn(OF_HOST), false));
            assertThat(((Unavailable) result).reply()).hasToString("535 5.7.8 no");
        }
    }

    @Test
    void speaksTlsFromTheFirstByteOn() {
        peer.withImplicitTls(OF_HOST.server()).alsoOffers("AUTH PLAIN");
        peer.on("AUTH PLAIN").replies("235 2.7.0 welcome");
        OutboundSession session = opened(TlsPolicy.OPPORTUNISTIC, with(logIn(OF_HOST), true));
        assertThat(session.tls()).startsWith("TLS");
        assertThat(kinds(send(session, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.commands()).doesNotContain("STARTTLS");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPPORTUNISTIC", "REQUIRED"})
    void neverFallsBackToPlainTextFromImplicitTls(TlsPolicy policy) {
        assertThat(refused("h.example", policy, with(logIn(OF_HOST), true))).startsWith("454 4.7.5");
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void showsAClientCertificateToAServerThatWantsOne() {
        HostCertificate own = HostCertificate.of("relay.example");
        peer.withTls(OF_HOST.server(Optional.of(own)));
        ClientTls tls = ClientTls.of(new TlsMaterial(
                Optional.of(new TlsMaterial.Identity(own.keys().getPrivate(), List.of(own.certificate()))), List.of()));
        PeerOptions options = new PeerOptions(
                Protocol.SMTP,
                false,
                Optional.of(tls),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(kinds(send(opened(TlsPolicy.REQUIRED, options), "bob@a.example")))
                .containsExactly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).tls()).isTrue();
        // Without one the server ends the handshake, in TLS 1.3 perhaps only after ours is done
        assertThat(open("h.example", peer.address(), TlsPolicy.REQUIRED, PLAIN)).isInstanceOf(Unavailable.class);
    }

    @Test
    void leavesFromTheChosenAddressAndGreetsWithItsName() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (HandmadePeer server = HandmadePeer.start(line -> {
            heard.add(line.client().getHostAddress());
            line.say("220 hello");
            heard.add(line.read());
            line.say("250 h.example");
            line.read();
        })) {
            Source source = new Source(InetAddress.getByName("127.0.0.3"), 1, Optional.of("three.example"));
            assertThat(open("h.example", server.address(), TlsPolicy.NONE, PLAIN.from(source)))
                    .isInstanceOf(Opened.class);
            assertThat(heard).containsExactly("127.0.0.3", "EHLO three.example");
        }
    }

    @Test
    void isUnavailableWhenTheSourceIsNoAddressOfThisMachine() throws Exception {
        Source source = new Source(InetAddress.getByName("192.0.2.1"), 1, Optional.empty());
        assertThat(refused("h.example", TlsPolicy.NONE, PLAIN.from(source))).startsWith("451 4.4.1");
    }

    @ParameterizedTest(name = "through a proxy: {0}")
    @ValueSource(booleans = {true, false})
    void introducesItselfInThePROXYProtocol(boolean viaProxy) throws Exception {
        List<byte[]> headers = new CopyOnWriteArrayList<>();
        List<Integer> ports = new CopyOnWriteArrayList<>();
        try (HandmadePeer server = HandmadePeer.start(line -> {
            headers.add(line.bytes(28));
            ports.add(line.clientPort());
            line.say("220 hello");
            line.read();
            line.say("250 h.example");
            line.read();
        })) {
            InetSocketAddress destination =
                    viaProxy ? new InetSocketAddress(InetAddress.getByName("192.0.2.25"), 25) : server.address();
            PeerOptions options = new PeerOptions(
                    Protocol.SMTP,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new ProxyHeader(viaProxy ? Optional.of(server.address()) : Optional.empty())),
                    Optional.empty(),
                    viaProxy
                            ? Optional.of(new Source(InetAddress.getByName("198.51.100.9"), 1, Optional.empty()))
                            : Optional.empty());
            assertThat(open("h.example", destination, TlsPolicy.NONE, options)).isInstanceOf(Opened.class);
            java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(headers.get(0));
            byte[] start = new byte[16];
            header.get(start);
            assertThat(start)
                    .isEqualTo(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x21, 0x11, 0, 12});
            byte[] from = new byte[4];
            header.get(from);
            byte[] to = new byte[4];
            header.get(to);
            assertThat(InetAddress.getByAddress(from).getHostAddress())
                    .isEqualTo(viaProxy ? "198.51.100.9" : "127.0.0.1");
            assertThat(InetAddress.getByAddress(to)).isEqualTo(destination.getAddress());
            assertThat(Short.toUnsignedInt(header.getShort())).isEqualTo(ports.get(0));
            assertThat(Short.toUnsignedInt(header.getShort())).isEqualTo(destination.getPort());
        }
    }

    @Test
    void writesIpv6AddressesIntoThePROXYHeader() throws Exception {
        InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 25);
        InetSocketAddress four = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 26);
        io.netty.buffer.ByteBuf header = ProxyHeader.encode(four, six);
        assertThat(header.readableBytes()).isEqualTo(52);
        assertThat(header.getByte(13)).isEqualTo((byte) 0x21);
        assertThat(header.getShort(14)).isEqualTo((short) 36);
        assertThat(header.getInt(16 + 12)).isEqualTo(0xc0000201);
    }

    private void speakLmtp(String... replies) {
        peer.on("LHLO").replies("250-h.example", "250-PIPELINING", "250 ENHANCEDSTATUSCODES");
        peer.on("MESSAGE").replies(replies);
    }

    @Test
    void takesOneReplyForEachRecipientInLmtp() {
        speakLmtp("250 2.1.5 bob", "552 5.2.2 full", "451 4.3.0 later");
        peer.on("RCPT TO:<nobody@").replies("550 5.1.1 no such user");
        TransactionResult result = send(
                opened(TlsPolicy.NONE, lmtp()), "bob@a.example", "nobody@a.example", "eve@a.example", "x@a.example");
        assertThat(kinds(result)).containsExactly(Kind.ACCEPTED, Kind.REFUSED, Kind.REFUSED, Kind.LATER);
        assertThat(result.verdicts().get(2).reply()).hasToString("552 5.2.2 full");
        assertThat(result.reusable()).isTrue();
        assertThat(peer.commands()).contains("LHLO relay.example").noneMatch(command -> command.startsWith("EHLO"));
    }

    @Test
    void sendsSeveralMessagesOverOneLmtpSession() {
        speakLmtp("250 2.1.5 one", "250 2.1.5 two");
        OutboundSession session = opened(TlsPolicy.NONE, lmtp());
        for (int i = 0; i < 3; i++) {
            assertThat(kinds(send(session, "bob@a.example", "eve@a.example"))).containsOnly(Kind.ACCEPTED);
        }
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void isInDoubtAboutThoseWhoseReplyWasLostInLmtp() {
        peer.on("LHLO").replies("250-h.example", "250 PIPELINING");
        peer.on("MESSAGE").repliesAndDrops("250 2.1.5 bob");
        TransactionResult result = send(opened(TlsPolicy.NONE, lmtp()), "bob@a.example", "eve@a.example");
        assertThat(kinds(result)).containsExactly(Kind.ACCEPTED, Kind.IN_DOUBT);
        assertThat(result.reusable()).isFalse();
    }

    @Test
    void endsAnLmtpSessionThatWantsAMessageForNobody() {
        peer.on("LHLO").replies("250-h.example", "250 PIPELINING");
        peer.on("RCPT").replies("550 5.1.1 no");
        peer.on("DATA").replies("354 go");
        TransactionResult result = send(opened(TlsPolicy.NONE, lmtp()), "bob@a.example");
        assertThat(kinds(result)).containsExactly(Kind.REFUSED);
        assertThat(result.reusable()).isFalse();
    }

    @Test
    void neverSaysHeloToAnLmtpServer() {
        peer.on("LHLO").replies("500 5.5.1 what?");
        assertThat(refused("h.example", TlsPolicy.NONE, lmtp())).startsWith("500");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("HELO"));
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example, mail.example, true",
        "MAIL.Example, mail.example, true",
        "*.example.org, mail.example.org, true",
        "*.example.org, a.mail.example.org, false",
        "*.example.org, example.org, false",
        "*.org, example.org, false",
        "m*.example.org, mail.example.org, false",
        "other.example, mail.example, false"
    })
    void readsNamesInCertificatesAsRfc6125Says(String pattern, String host, boolean expected) {
        assertThat(HostNames.matches(pattern, host)).isEqualTo(expected);
    }
}
