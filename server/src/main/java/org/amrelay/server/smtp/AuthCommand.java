// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.sasl.SaslExchange;
import org.amrelay.authentication.sasl.SaslStep;
import org.amrelay.mail.address.Network;
import org.amrelay.smtp.auth.AuthenticationThrottle;
import org.amrelay.smtp.auth.SaslMechanism;
import org.amrelay.storage.failure.StorageUnavailable;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AUTH with PLAIN and LOGIN (RFC 4954, RFC 4616) and the mechanisms of the configuration, inside TLS only.
 *
 * <p>Passwords are checked on the pool. A failure is answered no earlier than the throttle says, counted from its start,
 * so that the time of the answer does not tell an unknown account from a wrong password. Never logs what the client
 * sent. Safe for several sessions.
 */
public final class AuthCommand implements CommandHandler<SMTPSession>, ExtensibleHandler, EhloExtension {
    private static final Logger LOG = LoggerFactory.getLogger(AuthCommand.class);
    private static final AttachmentKey<Integer> FAILURES =
            AttachmentKey.of("org.amrelay.authenticationFailures", Integer.class);
    private static final int FAILURES_PER_SESSION = 3;
    private static final String USERNAME = "VXNlcm5hbWU6";
    private static final String PASSWORD = "UGFzc3dvcmQ6";

    private final AuthenticationThrottle throttle;
    private final AccountWatch watch;
    private final List<AuthHook> hooks = new ArrayList<>();
    private final List<SaslMechanism> mechanisms = new ArrayList<>();

    @Inject
    public AuthCommand(AuthenticationThrottle throttle, AccountWatch watch) {
        this.throttle = throttle;
        this.watch = watch;
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("AUTH");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return session.isTLSStarted() && session.isAuthAnnounced() && session.getUsername() == null
                ? List.of("AUTH " + names(session))
                : List.of();
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        Optional<Response> refusal = refusal(session);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String argument = Optional.ofNullable(request.getArgument()).orElse("").strip();
        int space = argument.indexOf(' ');
        Optional<String> initial = space < 0
                ? Optional.empty()
                : Optional.of(argument.substring(space + 1).strip());
        String mechanism = (space < 0 ? argument : argument.substring(0, space)).toUpperCase(Locale.ROOT);
        return switch (mechanism) {
            case "PLAIN" -> initial.map(text -> plain(session, text)).orElseGet(() -> ask(session, "", this::plain));
            case "LOGIN" ->
                initial.map(text -> login(session, text)).orElseGet(() -> ask(session, USERNAME, this::login));
            case "" -> Replies.of(501, "5.5.4", "usage: AUTH mechanism");
            default ->
                mechanisms.stream()
                        .filter(each -> each.offered(session).contains(mechanism))
                        .findFirst()
                        .map(each -> begin(session, each.start(session, mechanism), initial))
                        .orElseGet(() -> Replies.of(504, "5.5.4", "mechanisms are " + names(session)));
        };
    }

    private String names(SMTPSession session) {
        return Stream.concat(
                        Stream.of("PLAIN", "LOGIN"),
                        mechanisms.stream().flatMap(mechanism -> mechanism.offered(session).stream()))
                .collect(Collectors.joining(" "));
    }

    private Response begin(SMTPSession session, SaslExchange exchange, Optional<String> initial) {
        return initial.map(text -> step(session, exchange, text))
                .orElseGet(() -> ask(session, "", (s, text) -> step(s, exchange, text)));
    }

    /** The client's next words (RFC 4954 §4); challenges and answers are base64. */
    private Response step(SMTPSession session, SaslExchange exchange, String text) {
        Optional<String> decoded = Credentials.decode(text);
        if (decoded.isEmpty()) {
            return malformed();
        }
        return new SlowResponse(workers -> {
            long start = System.nanoTime();
            return CompletableFuture.supplyAsync(() -> exchange.respond(decoded.get()), workers)
                    .thenComposeAsync(step -> answer(session, exchange, step, start, workers), workers);
        });
    }

    private CompletionStage<Response> answer(
            SMTPSession session, SaslExchange exchange, SaslStep step, long start, Executor workers) {
        if (step instanceof SaslStep.Challenge challenge) {
            return CompletableFuture.completedStage(
                    ask(session, Credentials.encode(challenge.text()), (s, answer) -> step(s, exchange, answer)));
        } else if (step instanceof SaslStep.Success success) {
            return CompletableFuture.completedStage(letIn(session, success.account()));
        } else if (step instanceof SaslStep.Later later) {
            LOG.warn("{} has to try later: {}", session.getSessionID(), later.cause());
            return CompletableFuture.completedStage(Replies.of(454, "4.7.0", "cannot check this now, try again later"));
        }
        LOG.info("{} is refused: {}", session.getSessionID(), ((SaslStep.Failure) step).cause());
        return failed(session, Duration.ofNanos(System.nanoTime() - start), workers);
    }

    private static Response letIn(SMTPSession session, String account) {
        session.setUsername(Username.of(account));
        session.setRelayingAllowed(true);
        return Replies.of(235, "2.7.0", "authenticated");
    }

    private Optional<Response> refusal(SMTPSession session) {
        if (!session.getConfiguration()
                .isAuthAnnounced(session.getRemoteAddress().getAddress().getHostAddress(), true)) {
            return Optional.of(Replies.of(502, "5.5.1", "no authentication here"));
        } else if (!session.isTLSStarted()) {
            return Optional.of(Replies.of(538, "5.7.11", "say STARTTLS first"));
        } else if (session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection)
                .isEmpty()) {
            return Optional.of(Replies.of(503, "5.5.1", "say EHLO first"));
        } else if (session.getUsername() != null
                || session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            return Optional.of(Replies.of(503, "5.5.1", "too late to authenticate"));
        } else if (throttle.isBlocked(session.getRemoteAddress().getAddress())) {
            return Optional.of(Replies.last(421, "4.7.0", "too many failed attempts, try again later"));
        }
        return Optional.empty();
    }

    private static Response ask(
            SMTPSession session, String challenge, BiFunction<SMTPSession, String, Response> onAnswer) {
        session.pushLineHandler((SMTPSession s, byte[] line) -> {
            s.popLineHandler();
            String text = new String(line, StandardCharsets.US_ASCII);
            return text.equals("*") ? Replies.of(501, "5.7.0", "authentication cancelled") : onAnswer.apply(s, text);
        });
        return Replies.of(334, "", challenge);
    }

    private Response plain(SMTPSession session, String text) {
        return Credentials.plain(text)
                .map(credentials -> check(session, credentials))
                .orElseGet(AuthCommand::malformed);
    }

    private Response login(SMTPSession session, String account) {
        return Credentials.decode(account)
                .map(name -> ask(
                        session,
                        PASSWORD,
                        (s, password) -> Credentials.decode(password)
                                .map(secret -> check(s, new Credentials(name, name, secret)))
                                .orElseGet(AuthCommand::malformed)))
                .orElseGet(AuthCommand::malformed);
    }

    private static Response malformed() {
        return Replies.of(501, "5.5.2", "cannot decode the answer");
    }

    private Response check(SMTPSession session, Credentials credentials) {
        return new SlowResponse(workers -> {
            long start = System.nanoTime();
            return CompletableFuture.supplyAsync(() -> ask(session, credentials), workers)
                    // Not on the event loop: a failure may ban, which is written
                    .thenComposeAsync(
                            answer -> answer.isPresent()
                                    ? CompletableFuture.completedStage(answer.get())
                                    : failed(session, Duration.ofNanos(System.nanoTime() - start), workers),
                            workers);
        });
    }

    /** Empty when the credentials are wrong. */
    private Optional<Response> ask(SMTPSession session, Credentials credentials) {
        if (!credentials.areForOneself()) {
            return Optional.empty();
        }
        for (AuthHook hook : hooks) {
            HookResult result = credentials
                    .account()
                    .map(account -> hook.doAuth(session, account, credentials.password()))
                    .orElse(HookResult.DECLINED);
            if (HookAnswers.accepts(result)) {
                return Optional.of(Replies.of(235, "2.7.0", "authenticated"));
            }
            Optional<Response> refusal = HookAnswers.refusal(result);
            if (refusal.filter(r -> r.getRetCode().startsWith("4")).isPresent()) {
                return Optional.of(Replies.of(454, "4.7.0", "cannot check passwords now, try again later"));
            }
        }
        credentials.account().ifPresent(account -> noteFailure(session, account));
        return Optional.empty();
    }

    /** On a worker: it may write. */
    private void noteFailure(SMTPSession session, Username account) {
        try {
            Network client = Network.around(session.getRemoteAddress().getAddress(), 24, 48);
            watch.failedLogin(account.asString(), client);
        } catch (StorageUnavailable unavailable) {
            LOG.warn("a failed log-in of {} is not noted: {}", account.asString(), unavailable.getMessage());
        }
    }

    private CompletionStage<Response> failed(SMTPSession session, Duration elapsed, Executor workers) {
        int failures = session.getAttachment(FAILURES, State.Connection).orElse(0) + 1;
        session.setAttachment(FAILURES, failures, State.Connection);
        Duration delay =
                throttle.failed(session.getRemoteAddress().getAddress()).minus(elapsed);
        Response answer = failures < FAILURES_PER_SESSION
                ? Replies.of(535, "5.7.8", "authentication failed")
                : Replies.last(535, "5.7.8", "authentication failed");
        return CompletableFuture.supplyAsync(
                () -> answer,
                CompletableFuture.delayedExecutor(Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS, Runnable::run));
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(AuthHook.class, SaslMechanism.class);
    }

    @Override
    public void wireExtensions(Class<?> kind, List<?> extensions) {
        for (Object extension : extensions) {
            if (kind == SaslMechanism.class) {
                mechanisms.add((SaslMechanism) extension);
            } else {
                hooks.add((AuthHook) extension);
            }
        }
    }
}
