// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.client.OpenResult.Opened;
import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SmtpClientTest {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService BLOCKING = Executors.newFixedThreadPool(2);
    private static final TestCertificate CERTIFICATE = TestCertificate.expired("other.example");
    private static final String TEXT = "Subject: hello\r\n\r\n.dot\r\n..dots\r\nend\r\n";

    private final ScriptedDestination peer = ScriptedDestination.start();
    private SmtpTimeouts timeouts = SmtpTimeouts.all(Duration.ofSeconds(10));
    private TlsPolicy policy = TlsPolicy.OPPORTUNISTIC;

    @AfterEach
    void close() {
        peer.close();
    }

    @AfterAll
    static void closeAll() {
        LOOPS.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        BLOCKING.shutdown();
    }

    @Test
    void sendsEnvelopeAndMessageInTwoWritesAndKeepsDots() {
        OutboundSession connection = opened();
        assertThat(kinds(send(connection, "bob@a.example", "eve@a.example"))).containsOnly(Kind.ACCEPTED);
        assertThat(peer.messages()).hasSize(1);
        assertThat(peer.messages().get(0).text()).isEqualTo(TEXT);
        assertThat(peer.commands())
                .containsExactly(
                        "EHLO relay.example",
                        "MAIL FROM:<ann@b.example> SIZE=" + TEXT.length() + " BODY=8BITMIME",
                        "RCPT TO:<bob@a.example>",
                        "RCPT TO:<eve@a.example>",
                        "DATA");
    }

    @Test
    void sendsOneCommandAfterTheOtherWithoutPipelining() {
        peer.offers();
        assertThat(kinds(send(opened(), "bob@a.example", "eve@a.example"))).containsOnly(Kind.ACCEPTED);
        assertThat(peer.commands()).contains("MAIL FROM:<ann@b.example>");
        assertThat(peer.messages().get(0).text()).isEqualTo(TEXT);
    }

    @Test
    void usesAConnectionAgain() {
        OutboundSession connection = opened();
        for (int i = 0; i < 3; i++) {
            assertThat(send(connection, "bob@a.example").reusable()).isTrue();
        }
        assertThat(peer.messages()).hasSize(3);
        assertThat(peer.connections()).isEqualTo(1);
        assertThat(peer.commands()).doesNotContain("RSET");
        connection.quit();
        await().untilAsserted(() -> assertThat(peer.openConnections()).isZero());
        assertThat(peer.commands()).endsWith("QUIT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsRecipientsApart(boolean pipelining) {
        if (!pipelining) {
            peer.offers();
        }
        peer.on("RCPT TO:<bob@").replies("550 5.1.1 no such user");
        peer.on("RCPT TO:<later@").replies("450 4.2.1 busy");
        TransactionResult result = send(opened(), "bob@a.example", "eve@a.example", "later@a.example");
        assertThat(kinds(result)).containsExactly(Kind.REFUSED, Kind.ACCEPTED, Kind.LATER);
        assertThat(result.verdicts().get(0).reply()).hasToString("550 5.1.1 no such user");
        assertThat(peer.messages().get(0).rcpts()).containsExactly("RCPT TO:<eve@a.example>");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resetsAfterAllRecipientsWereRefused(boolean pipelining) {
        if (!pipelining) {
            peer.offers();
        }
        peer.first(1, "RCPT").replies("550 5.1.1 no");
        OutboundSession connection = opened();
        TransactionResult refused = send(connection, "bob@a.example");
        assertThat(kinds(refused)).containsExactly(Kind.REFUSED);
        assertThat(refused.reusable()).isTrue();
        assertThat(kinds(send(connection, "eve@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.commands()).containsOnlyOnce("RSET");
        assertThat(peer.messages()).hasSize(1);
    }

    @Test
    void endsWithALoneDotWhenDataIsWantedAlthoughAllWereRefused() {
        peer.on("RCPT").replies("550 5.1.1 no");
        peer.on("DATA").replies("354 go");
        peer.on("MESSAGE").replies("554 5.5.1 no recipients");
        TransactionResult result = send(opened(), "bob@a.example");
        assertThat(result.verdicts().get(0).reply().code()).isEqualTo(550);
        assertThat(result.reusable()).isTrue();
        assertThat(peer.messages()).isEmpty();
    }

    @ParameterizedTest(name = "{0} answered with {1} is {2}")
    @CsvSource({
        "MAIL, 550 5.7.1 not you, REFUSED",
        "MAIL, 451 4.3.0 later, LATER",
        "MAIL, 530 5.7.0 TLS first, LATER",
        "MAIL, 503 5.5.1 bad sequence, LATER",
        "MAIL, 421 4.3.2 going down, LATER",
        "RCPT, 421 4.3.2 going down, LATER",
        "RCPT, 452 4.5.3 too many, LATER",
        "RCPT, 553 bad mailbox, REFUSED",
        "DATA, 451 4.3.0 later, LATER",
        "DATA, 554 5.7.1 no, REFUSED",
        "DATA, 250 what, LATER",
        "MESSAGE, 552 5.2.2 full, REFUSED",
        "MESSAGE, 451 4.7.1 greylisted, LATER",
        "MESSAGE, 421 4.3.2 going down, LATER",
        "MESSAGE, 354 again, IN_DOUBT",
    })
    void takesOnlyADefiniteAnswerForFinal(String step, String reply, Kind expected) {
        peer.on(step).replies(reply);
        assertThat(kinds(send(opened(), "bob@a.example"))).containsExactly(expected);
        peer.offers();
        assertThat(kinds(send(opened(), "bob@a.example"))).containsExactly(expected);
    }

    @Test
    void leavesRecipientsForTheNextTransactionWhenTheServerTakesNoMore() {
        peer.on("RCPT TO:<eve@").replies("452 4.5.3 too many recipients");
        assertThat(kinds(send(opened(), "bob@a.example", "eve@a.example")))
                .containsExactly(Kind.ACCEPTED, Kind.NEXT_TRANSACTION);
    }

    @ParameterizedTest(name = "a connection lost at {0} is {1}")
    @CsvSource({"MAIL, LATER", "RCPT, LATER", "DATA, LATER", "BODY, LATER", "MESSAGE, IN_DOUBT"})
    void isInDoubtOnlyAfterTheFinalDot(String step, Kind expected) {
        peer.on(step).drops();
        // Large, so that the dot has not left when the server drops in the body
        TransactionResult result = send(opened(), large(20_000_000), "bob@a.example");
        assertThat(kinds(result)).containsExactly(expected);
        assertThat(result.reusable()).isFalse();
        assertThat(result.stale()).isFalse();
    }

    @Test
    void isInDoubtWhenTheFinalAnswerIsGarbage() {
        peer.on("MESSAGE").sends("hello there\r\n");
        assertThat(kinds(send(opened(), "bob@a.example"))).containsExactly(Kind.IN_DOUBT);
    }

    @Test
    void isInDoubtWhenTheFinalAnswerDoesNotCome() {
        timeouts = SmtpTimeouts.all(Duration.ofMillis(300));
        peer.on("MESSAGE").stalls();
        assertThat(kinds(send(opened(), "bob@a.example"))).containsExactly(Kind.IN_DOUBT);
    }

    @Test
    void keepsTheRefusalOfOneRecipientWhenTheConnectionIsLostLater() {
        peer.on("RCPT TO:<bob@").replies("550 5.1.1 no such user");
        peer.on("DATA").drops();
        assertThat(kinds(send(opened(), "bob@a.example", "eve@a.example"))).containsExactly(Kind.REFUSED, Kind.LATER);
    }

    @Test
    void believesARefusalInTheMiddleOfTheMessage() {
        peer.on("BODY").replies("552 5.3.4 too much");
        TransactionResult result = send(opened(), large(20_000_000), "bob@a.example");
        assertThat(kinds(result)).containsExactly(Kind.REFUSED);
        assertThat(result.reusable()).isFalse();
    }

    @Test
    void doesNotBelieveAnAcceptanceInTheMiddleOfTheMessage() {
        peer.on("BODY").replies("250 2.0.0 taken");
        assertThat(kinds(send(opened(), large(20_000_000), "bob@a.example"))).containsExactly(Kind.LATER);
    }

    @Test
    void givesUpOnAPeerThatStopsReading() {
        timeouts = SmtpTimeouts.all(Duration.ofMillis(400));
        peer.on("BODY").stopsReading();
        assertThat(kinds(send(opened(), large(20_000_000), "bob@a.example"))).containsExactly(Kind.LATER);
    }

    @Test
    void seesAtTheNextMessageThatAKeptConnectionIsGone() {
        OutboundSession connection = opened();
        send(connection, "bob@a.example");
        peer.on("MAIL").drops();
        assertThat(send(connection, "bob@a.example").stale()).isTrue();
        peer.on("MAIL").replies("421 4.4.2 idle for too long");
        OutboundSession other = opened();
        peer.first(1, "MAIL").replies("250 ok");
        send(other, "bob@a.example");
        assertThat(send(other, "bob@a.example").stale()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 busy", "554 5.7.1 go away", "250 strange"})
    void findsNoSessionBehindAnUnfriendlyGreeting(String greeting) {
        peer.on("CONNECT").replies(greeting);
        assertThat(unavailable().reply()).hasToString(greeting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n", "220-one\r\n250 two\r\n", "22\r\n", "199 low\r\n"})
    void findsNoSessionBehindGarbage(String bytes) {
        peer.on("CONNECT").sends(bytes);
        assertThat(unavailable().reply().isTemporary()).isTrue();
    }

    @Test
    void boundsWhatItReads() {
        peer.on("CONNECT").sends("220-" + "x".repeat(100_000));
        assertThat(unavailable().reply().text()).contains("4096");
        peer.on("CONNECT").sends("220-x\r\n".repeat(600));
        assertThat(unavailable().reply().text()).contains("500 lines");
    }

    @Test
    void givesNoTimeToAPeerThatDripsBytes() {
        timeouts = SmtpTimeouts.all(Duration.ofMillis(300));
        peer.on("CONNECT").sends("220-still\r\n220-thinking");
        assertThat(unavailable().reply().text()).contains("no answer in time");
    }

    @Test
    void fallsBackToHelo() {
        peer.on("EHLO").replies("502 5.5.1 what");
        OutboundSession connection = opened();
        assertThat(kinds(send(connection, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.commands()).startsWith("EHLO relay.example", "HELO relay.example", "MAIL FROM:<ann@b.example>");
    }

    @Test
    void encryptsWithAnyCertificateWhenTlsIsOffered() {
        peer.withTls(CERTIFICATE.server());
        OutboundSession connection = opened();
        assertThat(connection.tls()).startsWith("TLSv1.3 TLS_");
        assertThat(kinds(send(connection, large(3_000_000), "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).tls()).isTrue();
        assertThat(peer.messages().get(0).body()).hasSize(3_000_000);
        assertThat(peer.commands()).startsWith("EHLO relay.example", "STARTTLS", "EHLO relay.example");
    }

    @Test
    void goesOnInClearWhenTlsFailsAndSaysSo() {
        peer.alsoOffers("STARTTLS").on("STARTTLS").replies("220 go");
        OutboundSession connection = opened();
        assertThat(connection.tls()).startsWith("none: TLS failed");
        assertThat(kinds(send(connection, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void goesOnInClearWhenThePeerDropsInTheHandshake() {
        peer.alsoOffers("STARTTLS").on("STARTTLS").repliesAndDrops("220 go");
        assertThat(opened().tls()).startsWith("none: TLS failed");
    }

    @Test
    void goesOnInClearOnTheSameConnectionWhenStartTlsIsRefused() {
        peer.alsoOffers("STARTTLS").on("STARTTLS").replies("454 4.7.0 no key");
        assertThat(opened().tls()).isEqualTo("none: STARTTLS was answered with 454 4.7.0 no key");
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void neverSendsInClearWhenTlsIsRequired() {
        policy = TlsPolicy.REQUIRED;
        assertThat(unavailable().reply().isTemporary()).isTrue();
        peer.alsoOffers("STARTTLS").on("STARTTLS").repliesAndDrops("220 go");
        assertThat(unavailable().reply().isTemporary()).isTrue();
        assertThat(peer.commands()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void passesDsnParametersOn() {
        EnvelopeRecipient recipient = new EnvelopeRecipient(
                EmailAddress.of("bob@a.example"),
                EnumSet.of(Notify.SUCCESS, Notify.FAILURE),
                Optional.of("rfc822;bob+x=1@old.example"));
        Outgoing message = new Outgoing(
                ReversePath.of("ann@b.example"),
                List.of(recipient),
                Optional.of("QQ 314"),
                Optional.of(ReturnContent.HEADERS),
                MessageContent.of(TEXT.getBytes(UTF_8)),
                false);
        join(opened().send(message));
        assertThat(peer.commands().get(1)).endsWith(" RET=HDRS ENVID=QQ+20314");
        assertThat(peer.commands().get(2))
                .isEqualTo("RCPT TO:<bob@a.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob+2Bx+3D1@old.example");
        peer.offers("PIPELINING");
        join(opened().send(message));
        assertThat(peer.commands()).contains("MAIL FROM:<ann@b.example>", "RCPT TO:<bob@a.example>");
    }

    @Test
    void sendsNothingThatTheServerSaidItWillNotTake() {
        peer.offers("SIZE 1000");
        TransactionResult result = send(opened(), large(2000), "bob@a.example");
        assertThat(result.verdicts().get(0).reply().toString()).startsWith("552 5.3.4");
        assertThat(kinds(send(opened(), "bøb@a.example", "eve@a.example")))
                .containsExactly(Kind.REFUSED, Kind.ACCEPTED);
        assertThat(kinds(send(opened(), "x> SIZE=1@a.example", "eve@a.example")))
                .containsExactly(Kind.REFUSED, Kind.ACCEPTED);
        assertThat(peer.commands()).noneMatch(line -> line.contains("x>"));
    }

    @Test
    void sendsALargeMessageFromDisk() throws IOException {
        byte[] bytes = large(5_000_000).shared();
        MessageContent onDisk = new MessageContent() {
            @Override
            public InputStream open() {
                return new java.io.ByteArrayInputStream(bytes);
            }

            @Override
            public long size() {
                return bytes.length;
            }
        };
        assertThat(kinds(send(opened(), onDisk, "bob@a.example"))).containsExactly(Kind.ACCEPTED);
        assertThat(peer.messages().get(0).body()).isEqualTo(bytes);
    }

    @Test
    void neverEndsAMessageThatItCannotReadToTheEnd() {
        MessageContent broken = new MessageContent() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    private int left = 300_000;

                    @Override
                    public int read() throws IOException {
                        if (left-- <= 0) {
                            throw new IOException("bad sector");
                        }
                        return left % 64 == 1 ? '\r' : left % 64 == 0 ? '\n' : 'x';
                    }
                };
            }

            @Override
            public long size() {
                return 1_000_000;
            }
        };
        TransactionResult result = send(opened(), broken, "bob@a.example");
        assertThat(kinds(result)).containsExactly(Kind.LATER);
        assertThat(result.verdicts().get(0).reply().text()).contains("bad sector");
        await().untilAsserted(() -> assertThat(peer.openConnections()).isZero());
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void finishesAfterAnAbort() {
        peer.on("DATA").stalls();
        OutboundSession connection = opened();
        CompletionStage<TransactionResult> sending = connection.send(message(content(), "bob@a.example"));
        await().untilAsserted(() -> assertThat(peer.commands()).contains("DATA"));
        connection.abort();
        assertThat(kinds(join(sending))).containsExactly(Kind.LATER);
    }

    private SmtpClient client() {
        return new SmtpClient("relay.example", timeouts, ClientTls.ofJavaRuntime(), LOOPS, BLOCKING);
    }

    private OpenResult open() {
        return join(client().open(new Target("scripted.example", peer.address(), policy)));
    }

    private OutboundSession opened() {
        OpenResult result = open();
        assertThat(result).isInstanceOf(Opened.class);
        return ((Opened) result).connection();
    }

    private Unavailable unavailable() {
        OpenResult result = open();
        assertThat(result).isInstanceOf(Unavailable.class);
        return (Unavailable) result;
    }

    @Test
    void findsNoSessionWhereNobodyListens() {
        InetSocketAddress address = peer.address();
        peer.close();
        OpenResult result = join(client().open(new Target("gone.example", address, policy)));
        assertThat(((Unavailable) result).reply().isTemporary()).isTrue();
        assertThat(((Unavailable) result).spoke()).isFalse();
    }

    private static TransactionResult send(OutboundSession connection, String... recipients) {
        return send(connection, content(), recipients);
    }

    private static TransactionResult send(OutboundSession connection, MessageContent content, String... recipients) {
        return join(connection.send(message(content, recipients)));
    }

    private static Outgoing message(MessageContent content, String... recipients) {
        return new Outgoing(
                ReversePath.of("ann@b.example"),
                Arrays.stream(recipients)
                        .map(text -> EnvelopeRecipient.of(EmailAddress.of(text)))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                content,
                false);
    }

    private static MessageContent content() {
        return MessageContent.of(TEXT.getBytes(UTF_8));
    }

    private static MessageContent.InMemory large(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 64 == 62 ? '\r' : i % 64 == 63 ? '\n' : i % 64 == 0 && i % 640 == 0 ? '.' : 'a');
        }
        bytes[size - 2] = '\r';
        bytes[size - 1] = '\n';
        return (MessageContent.InMemory) MessageContent.of(bytes);
    }

    private static List<Kind> kinds(TransactionResult result) {
        return result.verdicts().stream().map(Verdict::kind).toList();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }
}
