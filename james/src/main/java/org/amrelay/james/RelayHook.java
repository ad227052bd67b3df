// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.james.HookAnswer.Refuse;
import org.amrelay.mail.reply.Reply;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The base of our SMTP hooks: binds the settings record, turns a {@link HookAnswer} into James' result, logs refusals.
 *
 * <p>A hook implements {@code MailHook}, {@code RcptHook} and so on, and answers each call through {@link #answer}. What
 * the decision throws becomes {@code 451 4.3.0}: the client tries later. James calls hooks from many threads.
 *
 * @param <S> a public record, each component with its {@code @Parameter}
 */
public abstract class RelayHook<S extends Record> implements ProtocolHandler {
    private static final Reply TROUBLE = Reply.of(451, "4.3.0", "Local trouble, try again later");

    private final Logger logger = LoggerFactory.getLogger(getClass());
    private @Nullable S settings;

    @Override
    public final void init(Configuration config) throws ConfigurationException {
        settings = Configured.hook(Configured.<S>settingsOf(getClass(), RelayHook.class), config);
        start(settings);
    }

    /**
     * Makes ready what the decisions need.
     *
     * @throws ConfigurationException with a sentence for the operator; James then does not start
     */
    protected void start(S settings) throws ConfigurationException {}

    /** As configured for this handler. */
    protected final S settings() {
        return Objects.requireNonNull(settings, "init comes first");
    }

    /** Decides and translates; the only thing a hook's method does. */
    protected final HookResult answer(SMTPSession session, Callable<HookAnswer> decision) {
        HookAnswer answer;
        try {
            answer = decision.call();
        } catch (Exception | LinkageError | StackOverflowError failure) {
            answer = trouble(session, failure);
        }
        return translated(session, answer);
    }

    /** The same for a decision that waits for something; the stage completes normally. */
    protected final CompletionStage<HookResult> answerLater(
            SMTPSession session, Callable<CompletionStage<HookAnswer>> decision) {
        CompletionStage<HookAnswer> answer;
        try {
            answer = decision.call();
        } catch (Exception | LinkageError | StackOverflowError failure) {
            answer = CompletableFuture.completedFuture(trouble(session, failure));
        }
        return answer.exceptionally(failure -> trouble(session, failure))
                .thenApply(decided -> translated(session, decided));
    }

    private HookAnswer trouble(SMTPSession session, Throwable failure) {
        logger.error("{} answers 'try later', it failed", session.getSessionID(), failure);
        return HookAnswer.refuse(TROUBLE, failure.toString());
    }

    private HookResult translated(SMTPSession session, HookAnswer answer) {
        if (answer instanceof Refuse refusal) {
            logger.info("{} is refused: {} ({})", session.getSessionID(), refusal.reply(), refusal.cause());
            return refused(refusal);
        }
        return answer instanceof HookAnswer.Accept ? HookResult.OK : HookResult.DECLINED;
    }

    private static HookResult refused(Refuse refusal) {
        Reply reply = refusal.reply();
        HookReturnCode.Action action =
                reply.isPermanent() ? HookReturnCode.Action.DENY : HookReturnCode.Action.DENYSOFT;
        return HookResult.builder()
                .hookReturnCode(
                        refusal.hangUp() ? HookReturnCode.disconnected(action) : HookReturnCode.connected(action))
                .smtpReturnCode(Integer.toString(reply.code()))
                .smtpDescription(reply.enhanced().map(code -> code + " ").orElse("") + reply.text())
                .build();
    }
}
