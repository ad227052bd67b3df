// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.client.OpenResult.Opened;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.AfterEach;

/** A client and a scripted server, for tests about what they say to each other. */
abstract class ClientConversation {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService BLOCKING = Executors.newFixedThreadPool(2, ClientConversation::daemon);

    final ScriptedDestination peer = ScriptedDestination.start();

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "blocking");
        thread.setDaemon(true);
        return thread;
    }

    @AfterEach
    void close() {
        peer.close();
    }

    OutboundSession opened() {
        SmtpClient client = new SmtpClient(
                "relay.example", SmtpTimeouts.all(Duration.ofSeconds(10)), ClientTls.ofJavaRuntime(), LOOPS, BLOCKING);
        Opened opened = (Opened) join(client.open(new Target("scripted.example", peer.address(), TlsPolicy.NONE)));
        return opened.connection();
    }

    static TransactionResult send(OutboundSession connection, String content, String... recipients) {
        return join(connection.send(message("ann@b.example", content, recipients)));
    }

    static Outgoing message(String sender, String content, String... recipients) {
        return new Outgoing(
                ReversePath.of(sender),
                Arrays.stream(recipients)
                        .map(text -> EnvelopeRecipient.of(EmailAddress.of(text)))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                MessageContent.of(content.getBytes(UTF_8)),
                false);
    }

    static List<Kind> kinds(TransactionResult result) {
        return result.verdicts().stream().map(Verdict::kind).toList();
    }

    static String lines(int size) {
        return "Subject: large\r\n\r\n" + (".".repeat(62) + "\r\n").repeat(size / 64);
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
