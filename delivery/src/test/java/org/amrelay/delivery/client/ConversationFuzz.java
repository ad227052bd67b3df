// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.amrelay.delivery.client.OpenResult.Opened;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;

/** Whatever a server does, the client comes to an end, believes no acceptance that was none and bounces for cause only. */
class ConversationFuzz {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService BLOCKING = Executors.newSingleThreadExecutor();
    private static final ScriptedDestination PEER = ScriptedDestination.start();
    private static final SmtpClient CLIENT = new SmtpClient(
            "relay.example", SmtpTimeouts.all(Duration.ofMillis(150)), ClientTls.ofJavaRuntime(), LOOPS, BLOCKING);
    private static final List<String> STEPS = List.of(
            "CONNECT",
            "EHLO",
            "HELO",
            "MAIL",
            "RCPT TO:<bob@",
            "RCPT TO:<eve@",
            "DATA",
            "BDAT",
            "BODY",
            "MESSAGE",
            "RSET");
    private static final List<String> OFFERS =
            List.of("PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE 900000");

    @AfterContainer
    static void close() {
        PEER.close();
        LOOPS.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        BLOCKING.shutdown();
    }

    @Property(seed = "1", tries = 400)
    void endsWithWhatTheServerSaid(
            @ForAll("scripts") Map<String, String> script,
            @ForAll("offers") Set<String> offers,
            @ForAll boolean large) {
        PEER.startOver();
        PEER.offers(offers.toArray(String[]::new));
        script.forEach(ConversationFuzz::write);
        OpenResult opened = join(CLIENT.open(new Target("peer.example", PEER.address(), TlsPolicy.OPPORTUNISTIC)));
        if (opened instanceof Opened session) {
            List<TransactionResult> results = new ArrayList<>();
            do {
                results.add(join(session.connection().send(message(results.size(), large))));
            } while (results.size() < 3 && results.get(results.size() - 1).reusable());
            session.connection().abort();
            // A server that answers too early takes the message after its client has gone on
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> PEER.openConnections() == 0);
            for (int i = 0; i < results.size(); i++) {
                check(results.get(i), hasTaken(i), script);
            }
        }
    }

    private static boolean hasTaken(int number) {
        return PEER.messages().stream().anyMatch(message -> message.text().contains(subject(number)));
    }

    private static void check(TransactionResult result, boolean taken, Map<String, String> script) {
        assertThat(result.verdicts()).hasSize(2);
        boolean saidToBeTaken = Stream.of("BODY", "MESSAGE", "BDAT")
                .anyMatch(step -> script.getOrDefault(step, "").startsWith("2"));
        for (Verdict verdict : result.verdicts()) {
            if (verdict.kind() == Kind.ACCEPTED) {
                assertThat(taken || saidToBeTaken).isTrue();
            }
            if (verdict.kind() == Kind.REFUSED) {
                assertThat(verdict.reply().isPermanent()).isTrue();
                assertThat(script.values())
                        .anyMatch(said ->
                                said.startsWith(String.valueOf(verdict.reply().code()))
                                        // What the scripted server says by itself without recipients
                                        || verdict.reply().text().contains("no valid recipients"));
            }
        }
        if (result.stale()) {
            assertThat(taken).isFalse();
        }
    }

    private static void write(String step, String what) {
        switch (what) {
            case "drop" -> PEER.on(step).drops();
            case "stall" -> PEER.on(step).stalls();
            case "garbage" -> PEER.on(step).sends("\0\1 what\r\n");
            case "half" -> PEER.on(step).sends("250-");
            default -> PEER.on(step).replies(what);
        }
    }

    @Provide
    Arbitrary<Map<String, String>> scripts() {
        Arbitrary<String> actions = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        12,
                        Arbitraries.of(
                                "250 2.0.0 ok",
                                "354 go",
                                "421 4.3.2 bye",
                                "450 4.2.1 later",
                                "550 5.1.1 no",
                                "503 bad")),
                net.jqwik.api.Tuple.of(3, Arbitraries.of("drop", "garbage", "half")),
                net.jqwik.api.Tuple.of(1, Arbitraries.just("stall")));
        return Arbitraries.maps(Arbitraries.of(STEPS), actions).ofMinSize(1).ofMaxSize(4);
    }

    private static String subject(int number) {
        return "Subject: number " + number + "\r\n";
    }

    @Provide
    Arbitrary<Set<String>> offers() {
        return Arbitraries.of(OFFERS).set();
    }

    private static Outgoing message(int number, boolean large) {
        return new Outgoing(
                ReversePath.of("ann@b.example"),
                List.of(
                        EnvelopeRecipient.of(EmailAddress.of("bob@a.example")),
                        EnvelopeRecipient.of(EmailAddress.of("eve@a.example"))),
                Optional.empty(),
                Optional.empty(),
                MessageContent.of(
                        (subject(number) + "\r\n.\r\nhell\u00f6\r\n" + (large ? "line\r\n".repeat(25_000) : ""))
                                .getBytes(UTF_8)),
                false);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
