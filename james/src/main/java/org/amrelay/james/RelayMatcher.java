// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import com.google.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.mail.MessagingException;
import org.amrelay.mail.message.MessageView;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The base of our matchers: binds the condition to the settings record and asks {@link #matching}.
 *
 * <p>A matcher that cannot answer does not guess: the mail is tried later, as with {@link RelayMailet}. In a stock James
 * it leaves the processor as a ghost while its successor waits in the spool; {@code onMatchException} has no effect.
 *
 * @param <S> a public record, each component with its {@code @Parameter}
 */
public abstract class RelayMatcher<S extends Record> extends GenericMatcher {
    private final Logger logger = LoggerFactory.getLogger(getClass());
    private @Nullable S settings;
    private Postponement postponement = new Requeue();
    private MessageViews views = MessageViews.ofJames();

    /**
     * Which recipients the question is answered with yes for; never null.
     *
     * @return recipients of the mail, all or none for questions about the mail as a whole
     * @throws Exception to have the mail tried later
     */
    protected abstract Collection<MailAddress> matching(Mail mail, S settings) throws Exception;

    /** For questions about the mail as a whole. */
    protected static Collection<MailAddress> all(Mail mail, boolean matches) {
        return matches ? mail.getRecipients() : List.of();
    }

    /** Not for matchers: Guice hands in what the distribution binds, if it does. */
    @Inject(optional = true)
    final void postponeBy(Postponement bound) {
        postponement = bound;
    }

    /** Not for matchers: Guice hands in what the distribution binds, if it does. */
    @Inject(optional = true)
    final void viewsIn(MessageViews shared) {
        views = shared;
    }

    /** The view of the message as it is now, shared with all who look at it. */
    protected final MessageView viewOf(Mail mail) throws MessagingException {
        return views.of(mail);
    }

    @Override
    public final void init() throws MessagingException {
        settings = Configured.matcher(Configured.<S>settingsOf(getClass(), RelayMatcher.class), getMatcherConfig());
        start(settings);
    }

    /**
     * Makes ready what {@code matching} needs.
     *
     * @throws MessagingException with a sentence for the operator; James then does not start
     */
    protected void start(S settings) throws MessagingException {}

    @Override
    public final Collection<MailAddress> match(Mail mail) throws MessagingException {
        try {
            return matching(mail, Objects.requireNonNull(settings, "init comes first"));
        } catch (Exception | LinkageError | StackOverflowError failure) {
            String name = getClass().getSimpleName();
            logger.error("{} is tried later, {} failed", mail.getName(), name, failure);
            postponement.postpone(mail, getMailetContext(), name + " failed: " + failure);
            return List.of();
        }
    }

    @Override
    public final String getMatcherInfo() {
        return getClass().getSimpleName();
    }
}
