// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.amrelay.delivery.tls.PeerCheck;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.TlsOutcome;
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
        /** @param verified the server is the one that the policy names */
        void opened(ServerFeatures features, String tls, boolean verified);

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
    private final Executor judging;
    private final Outcome outcome;
    private boolean startingTls;
    private boolean awaitsVerdict;
    private boolean greeted;
    private boolean verified;
    private String tls;

    SessionOpening(
            Dialogue dialogue,
            Target target,
            String hostname,
            SmtpTimeouts timeouts,
            TlsHandlers tlsHandlers,
            Executor judging,
            String plainTextRemark,
            Outcome outcome) {
        this.dialogue = dialogue;
        this.target = target;
        this.hostname = target.options().ehlo().orElse(hostname);
        this.timeouts = timeouts;
        this.tlsHandlers = tlsHandlers;
        this.judging = judging;
        this.tls = plainTextRemark;
        this.outcome = outcome;
    }

    void begin() {
        awaitsVerdict = target.options().implicitTls();
        dialogue.expect("the connection", timeouts.greeting(), greeting -> {
            if (greeting.code() != 220) {
                fail(greeting);
            } else if (awaitsVerdict) {
                greeted = true;
            } else {
                sayEhlo();
            }
        });
        if (awaitsVerdict) {
            shakeHands(this::judgedBeforeGreeting);
        }
    }

    /** The greeting may be faster than the judge; a stranger gets no EHLO. */
    private void judgedBeforeGreeting() {
        awaitsVerdict = false;
        if (greeted) {
            sayEhlo();
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
        if (startingTls || !target.tls().ask()) {
            outcome.opened(features, tls, verified);
        } else if (features.startTls()) {
            send("STARTTLS", "STARTTLS", reply -> answeredStartTls(reply, features));
        } else {
            withoutTls("STARTTLS is not offered");
            if (target.tls().mandatory()) {
                quit();
                String remark = target.tls().remark();
                outcome.refused(
                        Reply.of(454, "4.7.5", "TLS is required, but " + target + " does not offer it" + remark));
            } else {
                noteReason("STARTTLS is not offered");
                outcome.opened(features, tls, false);
            }
        }
    }

    private void noteReason(String cause) {
        if (tls.isEmpty() && !target.tls().why().isEmpty()) {
            tls = "none: " + cause + target.tls().remark();
        }
    }

    private void answeredStartTls(Reply reply, ServerFeatures features) {
        if (reply.code() == 220) {
            shakeHands(this::sayEhlo);
        } else {
            withoutTls("STARTTLS was answered with " + reply);
            if (target.tls().mandatory()) {
                String text = "TLS is required, but " + target + " answered STARTTLS with " + reply;
                fail(Reply.of(454, "4.7.5", text + target.tls().remark()));
            } else {
                tls = "none: STARTTLS was answered with " + reply + target.tls().remark();
                outcome.opened(features, tls, false);
            }
        }
    }

    private void withoutTls(String cause) {
        observed(new TlsOutcome.NotEncrypted(TlsFailure.STARTTLS_NOT_SUPPORTED, cause));
    }

    private void observed(TlsOutcome result) {
        if (dialogue.context().channel().localAddress() instanceof InetSocketAddress own) {
            target.tls().observer().observed(result, own, target.address());
        }
    }

    /** @param next once the server has been judged */
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
                judge(handler.engine().getSession(), next);
            } else if (!dialogue.isLost()) {
                tlsFailed(String.valueOf(future.cause().getMessage()));
            }
        });
        pipeline.addFirst(handler);
    }

    private void tlsFailed(String cause) {
        dialogue.abandon();
        observed(new TlsOutcome.NotEncrypted(TlsFailure.VALIDATION_FAILURE, cause));
        outcome.tlsFailed(cause);
    }

    /** Off the event loop: a path through certificates takes some arithmetic. */
    private void judge(SSLSession session, Runnable next) {
        if (target.tls().check() == PeerCheck.NONE) {
            judged(session, new PeerVerdict.Unchecked(), next);
            return;
        }
        try {
            CompletableFuture.supplyAsync(() -> target.tls().check().check(chain(session)), judging)
                    .exceptionally(SessionOpening::unreadable)
                    .thenAcceptAsync(
                            verdict -> judged(session, verdict, next),
                            dialogue.context().executor());
        } catch (RejectedExecutionException e) {
            dialogue.lose(new Loss(Loss.Kind.ABORTED, "the relay is shutting down"));
        }
    }

    /** Certificates come from strangers: what nothing can make sense of is not to be trusted. */
    private static PeerVerdict unreadable(Throwable error) {
        return new PeerVerdict.Rejected(TlsFailure.VALIDATION_FAILURE, "its certificates cannot be judged: " + error);
    }

    private static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate each : session.getPeerCertificates()) {
                if (each instanceof X509Certificate certificate) {
                    chain.add(certificate);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            // No cipher without certificates is offered
            throw new IllegalStateException(e);
        }
        return chain;
    }

    private void judged(SSLSession session, PeerVerdict verdict, Runnable next) {
        if (dialogue.isLost()) {
            return;
        }
        observed(new TlsOutcome.Encrypted(verdict));
        String cipher = session.getProtocol() + " " + session.getCipherSuite();
        if (verdict instanceof PeerVerdict.Rejected rejected && target.tls().mandatory()) {
            dialogue.abandon();
            String remark = target.tls().remark();
            outcome.refused(Reply.of(454, "4.7.5", target + " is not to be trusted: " + rejected.cause() + remark));
            return;
        }
        verified = verdict instanceof PeerVerdict.Verified;
        tls = cipher + words(verdict) + target.tls().remark();
        next.run();
    }

    private static String words(PeerVerdict verdict) {
        if (verdict instanceof PeerVerdict.Verified match) {
            return ", verified: " + match.how();
        }
        return verdict instanceof PeerVerdict.Rejected rejected ? ", not verified: " + rejected.cause() : "";
    }

    /** The connection ended on its own. */
    void lost(Loss loss) {
        if (startingTls && tls.isEmpty()) {
            observed(new TlsOutcome.NotEncrypted(TlsFailure.VALIDATION_FAILURE, loss.text()));
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
