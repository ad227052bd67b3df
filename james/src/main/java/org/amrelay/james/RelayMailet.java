// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.mail.MessagingException;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The base of our mailets: binds the settings record, calls {@link #decide}, performs the {@link Action}, logs one line.
 *
 * <p>Whatever {@code decide} throws becomes <em>try later</em>: in the distribution the whole item is rolled back, a stock
 * James gets the mail back into its spool ({@link Requeue}). {@code onMailetException} therefore has no effect on ours.
 *
 * @param <S> a public record, each component with its {@code @Parameter}
 */
public abstract class RelayMailet<S extends Record> extends GenericMailet {
    private final Logger logger = LoggerFactory.getLogger(getClass());
    private @Nullable S settings;
    private ActionPerformer performer = new ActionPerformer(
            getClass().getSimpleName(),
            (mail, recipient, state, by, becomes) -> {},
            new Requeue(),
            MessageBytes.ofJames());

    private MessageViews views = MessageViews.ofJames();

    /**
     * Decides about a mail without changing it.
     *
     * @param settings as configured for this line of {@code mailetcontainer.xml}
     * @throws Exception to have the mail tried later
     */
    protected abstract Action decide(Mail mail, S settings) throws Exception;

    /** Not for mailets: Guice hands in what the distribution binds, if it does. */
    @Inject(optional = true)
    final void noteFatesIn(RecipientFates fates) {
        performer = new ActionPerformer(performer.mailet(), fates, performer.postponement(), performer.bytes());
    }

    /** Not for mailets: Guice hands in what the distribution binds, if it does. */
    @Inject(optional = true)
    final void postponeBy(Postponement postponement) {
        performer = new ActionPerformer(performer.mailet(), performer.fates(), postponement, performer.bytes());
    }

    /** Not for mailets: Guice hands in what the distribution binds, if it does. */
    @Inject(optional = true)
    final void messagesBy(MessageBytes bytes) {
        performer = new ActionPerformer(performer.mailet(), performer.fates(), performer.postponement(), bytes);
    }

    /** Not for mailets: Guice hands in what the distribution binds, if it does. */
    @Inject(optional = true)
    final void viewsIn(MessageViews shared) {
        views = shared;
    }

    /** The view of the message as it is now, shared with all who look at it. */
    protected final MessageView viewOf(Mail mail) throws MessagingException {
        return views.of(mail);
    }

    /** The message of a mail as it would go out now. */
    protected final MessageContent bytesOf(Mail mail) throws MessagingException {
        return performer.bytes().of(mail);
    }

    @Override
    public final void init() throws MessagingException {
        settings = Configured.mailet(Configured.<S>settingsOf(getClass(), RelayMailet.class), getMailetConfig());
        start(settings);
    }

    /**
     * Makes ready what {@code decide} needs.
     *
     * @throws MessagingException with a sentence for the operator; James then does not start
     */
    protected void start(S settings) throws MessagingException {}

    /**
     * Which recipients share what is decided; each group becomes a mail of its own before {@link #decide} is asked.
     *
     * @return groups that together are all recipients of the mail, none of them empty
     * @throws Exception to have the mail tried later
     */
    protected List<List<MailAddress>> groups(Mail mail, S settings) throws Exception {
        return List.of(List.copyOf(mail.getRecipients()));
    }

    /** Not for mailets: the groups, for whoever splits mail; one group when they cannot be told, as decide fails then. */
    public final List<List<MailAddress>> division(Mail mail) {
        try {
            return groups(mail, Objects.requireNonNull(settings, "init comes first"));
        } catch (Exception | LinkageError | StackOverflowError failure) {
            logger.error("{} is not divided, {} failed", mail.getName(), performer.mailet(), failure);
            return List.of(List.copyOf(mail.getRecipients()));
        }
    }

    @Override
    public final void service(Mail mail) throws MessagingException {
        if (performer.postponement() instanceof Requeue) {
            StockDivision.divide(mail, division(mail), getMailetContext());
        }
        Action action = decideSafely(mail);
        performer.perform(action, mail, getMailetContext());
        if (action instanceof Action.Continue) {
            logger.debug("{} {} {}", mail.getName(), "continues:", action.reason());
        } else {
            logger.info("{} {}: {}", mail.getName(), action.getClass().getSimpleName(), action.reason());
        }
    }

    private Action decideSafely(Mail mail) {
        try {
            return decide(mail, Objects.requireNonNull(settings, "init comes first"));
        } catch (Exception | LinkageError | StackOverflowError failure) {
            logger.error("{} is tried later, {} failed", mail.getName(), performer.mailet(), failure);
            return new Action.TryLater(performer.mailet() + " failed: " + failure);
        }
    }

    @Override
    public final Collection<ProcessingState> requiredProcessingState() {
        return settings == null ? List.of() : Configured.processorsIn(settings);
    }

    @Override
    public final String getMailetInfo() {
        return performer.mailet();
    }
}
