// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.ssl.SslHandler;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.amrelay.mail.reply.Reply;

/**
 * AUTH on a session that is otherwise ready (RFC 4954).
 *
 * <p>SCRAM-SHA-256 when the server knows it, as that gives nothing away. PLAIN or LOGIN only when the certificate of the
 * session is trusted and for this host; else the password stays here and the session ends. Lives on the event loop; the
 * arithmetic of SCRAM runs on the blocking executor. Ends once, unless the connection is lost before.
 */
final class LoggingIn {
    private static final String SCRAM = "SCRAM-SHA-256";

    private final Dialogue dialogue;
    private final Target target;
    private final LogIn logIn;
    private final SmtpTimeouts timeouts;
    private final Executor blocking;
    private final String nonce;
    private final Consumer<Optional<Reply>> whenDone;

    /**
     * @param nonce for SCRAM, made anew for each log-in
     * @param whenDone called with nothing when we are in, else with the reply that says why not
     */
    LoggingIn(
            Dialogue dialogue,
            Target target,
            LogIn logIn,
            SmtpTimeouts timeouts,
            Executor blocking,
            String nonce,
            Consumer<Optional<Reply>> whenDone) {
        this.dialogue = dialogue;
        this.target = target;
        this.logIn = logIn;
        this.timeouts = timeouts;
        this.blocking = blocking;
        this.nonce = nonce;
        this.whenDone = whenDone;
    }

    void begin(ServerFeatures features) {
        List<String> offered = Arrays.asList(features.keywords()
                .getOrDefault("AUTH", "")
                .toUpperCase(Locale.ROOT)
                .split(" +", -1));
        Optional<String> objection = objectionToPassword();
        // Somebody in between could hand the proof on and be us; only who wants no TLS at all takes that risk
        boolean wantsNoTls = !target.tls().ask() && !target.options().implicitTls();
        if (offered.contains(SCRAM) && (objection.isEmpty() || wantsNoTls)) {
            scram();
        } else if (!offered.contains(SCRAM) && !offered.contains("PLAIN") && !offered.contains("LOGIN")) {
            refuse(target + " offers no log-in of ours: SCRAM-SHA-256, PLAIN and LOGIN are");
        } else if (objection.isPresent()) {
            refuse("no password is sent to " + target + ", as " + objection.get());
        } else if (offered.contains("PLAIN")) {
            String initial = "\0" + logIn.user() + "\0" + logIn.secret().reveal();
            send("AUTH PLAIN " + encoded(initial), this::last);
        } else {
            send("AUTH LOGIN", reply -> onward(reply, () -> send(encoded(logIn.user()), this::sendPassword)));
        }
    }

    /** Why the session does not deserve the password itself; empty when it does. */
    private Optional<String> objectionToPassword() {
        SslHandler tls = dialogue.context().pipeline().get(SslHandler.class);
        return tls == null
                ? Optional.of("the session has no TLS")
                : logIn.judge().objection(tls.engine().getSession(), target.host());
    }

    private void sendPassword(Reply reply) {
        onward(reply, () -> send(encoded(logIn.secret().reveal()), this::last));
    }

    private void scram() {
        ScramSha256 exchange = new ScramSha256(logIn.user(), logIn.secret(), nonce);
        send(
                "AUTH " + SCRAM + " " + encoded(exchange.clientFirst()),
                first -> onward(first, () -> {
                    String challenge = decoded(first);
                    try {
                        blocking.execute(() -> {
                            Optional<String> answer = exchange.clientFinal(challenge);
                            dialogue.context().executor().execute(() -> answerChallenge(exchange, answer));
                        });
                    } catch (RejectedExecutionException stopping) {
                        refuse("the relay is shutting down");
                    }
                }));
    }

    private void answerChallenge(ScramSha256 exchange, Optional<String> answer) {
        if (dialogue.isLost()) {
            return;
        }
        if (answer.isEmpty()) {
            refuse("the log-in challenge of " + target + " is not one of " + SCRAM);
            return;
        }
        send(
                encoded(answer.get()),
                proof -> onward(proof, () -> {
                    if (exchange.isProof(decoded(proof))) {
                        send("", this::last);
                    } else {
                        refuse(target + " does not know the password it asks for");
                    }
                }));
    }

    /** Goes on after a 334; anything else ends the log-in. */
    private void onward(Reply reply, Runnable next) {
        if (reply.code() == 334) {
            next.run();
        } else {
            // Also a 235 before its time: a server that has not proved itself in SCRAM is none to trust
            end(reply.code() == 235 ? Reply.of(454, "4.7.0", target + " ended the log-in early") : reply);
        }
    }

    private void last(Reply reply) {
        if (reply.code() == 235) {
            whenDone.accept(Optional.empty());
        } else {
            end(reply);
        }
    }

    private void refuse(String reason) {
        end(Reply.of(454, "4.7.0", reason));
    }

    private void end(Reply reply) {
        dialogue.quit(timeouts.quit());
        whenDone.accept(Optional.of(reply));
    }

    private void send(String line, Consumer<Reply> then) {
        dialogue.command(line, "AUTH", timeouts.command(), then);
        dialogue.flush();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(Reply reply) {
        try {
            return new String(Base64.getDecoder().decode(reply.text().strip()), UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }
}
