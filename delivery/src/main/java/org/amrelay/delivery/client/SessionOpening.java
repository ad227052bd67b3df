// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.reply.Reply;

/**
 * Greeting, EHLO or HELO, STARTTLS, EHLO again (RFC 5321 §3.1, §3.2; RFC 3207); LHLO in LMTP (RFC 2033 §4.1).
 *
 * <p>With implicit TLS (RFC 8314 §3.3) the handshake comes before the greeting.
 *
 * <p>Lives on the channel's event loop.
 */
final class SessionOpening {
    /** What the opening leads to; exactly one method is called, once. */
    interface Outcome {
        void opened(ServerFeatures features, String tls);

        void refused(Reply reply);

        void tlsFailed(String cause);

        void lost(Loss loss);
    }

    /** Makes the handler for one connection. */
    interface TlsHandlers {
        SslHandler handlerFor(Target target);
    }

    private final Dialogue dialogue;
    private final Target target;
    private final String hostname;
    private final SmtpTimeouts timeouts;
    private final TlsHandlers tlsHandlers;
    private final Outcome outcome;
    private boolean startingTls;
    private String tls;

    SessionOpening(
            Dialogue dialogue,
            Target target,
            String hostname,
            SmtpTimeouts timeouts,
            TlsHandlers tlsHandlers,
            String plainTextRemark,
            Outcome outcome) {
        this.dialogue = dialogue;
        this.target = target;
        this.hostname = target.options().ehlo().orElse(hostname);
        this.timeouts = timeouts;
        this.tlsHandlers = tlsHandlers;
        this.tls = plainTextRemark;
        this.outcome = outcome;
    }

    void begin() {
        dialogue.expect("the connection", timeouts.greeting(), greeting -> {
            if (greeting.code() == 220) {
                sayEhlo();
            } else {
                fail(greeting);
            }
        });
        if (target.options().implicitTls()) {
            shakeHands(() -> {});
        }
    }

    private void sayEhlo() {
        boolean lmtp = target.options().protocol() == PeerOptions.Protocol.LMTP;
        String verb = lmtp ? "LHLO" : "EHLO";
        send(verb + " " + hostname, verb, reply -> {
            if (reply.isPositive()) {
                ServerFeatures features = ServerFeatures.of(reply);
                greeted(lmtp ? features.withRepliesPerRecipient() : features);
            } else if (reply.isPermanent() && !startingTls && !lmtp) {
                sayHelo();
            } else {
                fail(reply);
            }
        });
    }

    private void sayHelo() {
        send("HELO " + hostname, "HELO", reply -> {
            if (reply.isPositive()) {
                greeted(ServerFeatures.none());
            } else {
                fail(reply);
            }
        });
    }

    private void greeted(ServerFeatures features) {
        if (startingTls || target.tls() == TlsPolicy.NONE) {
            outcome.opened(features, tls);
        } else if (features.startTls()) {
            send("STARTTLS", "STARTTLS", reply -> answeredStartTls(reply, features));
        } else if (target.tls() == TlsPolicy.REQUIRED) {
            quit();
            outcome.refused(Reply.of(454, "4.7.5", "TLS is required, but " + target + " does not offer it"));
        } else {
            outcome.opened(features, tls);
        }
    }

    private void answeredStartTls(Reply reply, ServerFeatures features) {
        if (reply.code() == 220) {
            shakeHands(this::sayEhlo);
        } else if (target.tls() == TlsPolicy.REQUIRED) {
            fail(reply);
        } else {
            tls = "none: STARTTLS was answered with " + reply;
            outcome.opened(features, tls);
        }
    }

    private void shakeHands(Runnable next) {
        if (dialogue.holdsUnreadBytes()) {
            // Plain text behind the 220 would be taken for the server's words inside TLS
            dialogue.lose(new Loss(Loss.Kind.GARBLED, "plain text after the reply to STARTTLS"));
            return;
        }
        startingTls = true;
        ChannelPipeline pipeline = dialogue.context().pipeline();
        SslHandler handler = tlsHandlers.handlerFor(target);
        handler.setHandshakeTimeoutMillis(timeouts.tls().toMillis());
        handler.handshakeFuture().addListener(future -> {
            if (future.isSuccess()) {
                SSLSession session = handler.engine().getSession();
                tls = session.getProtocol() + " " + session.getCipherSuite();
                next.run();
            } else if (!dialogue.isLost()) {
                dialogue.abandon();
                outcome.tlsFailed(String.valueOf(future.cause().getMessage()));
            }
        });
        pipeline.addFirst(handler);
    }

    /** The connection ended on its own. */
    void lost(Loss loss) {
        if (startingTls && tls.isEmpty()) {
            outcome.tlsFailed(loss.text());
        } else {
            outcome.lost(loss);
        }
    }

    private void fail(Reply reply) {
        quit();
        outcome.refused(reply);
    }

    private void quit() {
        dialogue.quit(timeouts.quit());
    }

    private void send(String line, String what, Consumer<Reply> then) {
        dialogue.command(line, what, timeouts.command(), then);
        dialogue.flush();
    }
}
