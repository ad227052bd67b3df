// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.content.ContentDecision;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.content.Ending;
import org.amrelay.james.ContentFacts;
import org.amrelay.james.ContentVerdict;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.MessageViews;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Refuses a message while its sender still listens when a rule of {@code conf/content-rules.yaml} says reject for all of its
 * recipients (550 5.7.1).
 *
 * <p>When only some are meant, or a rule wants to know the spam points, it is left to the mailet ContentRules. Reads the
 * message; does not wait for anything else.
 */
public final class RefuseContent extends RelayHook<RefuseContent.Settings> implements JamesMessageHook {
    public record Settings(
            @Parameter(description = "further domains that count as ours, *.domain for those below", defaultsTo = "")
            Set<DomainPattern> domains) {}

    private final ContentFilter filter;
    private final MessageViews views;
    private final DomainList domains;
    private final Clock clock;

    @Inject
    public RefuseContent(ContentFilter filter, MessageViews views, DomainList domains, Clock clock) {
        this.filter = filter;
        this.views = views;
        this.domains = domains;
        this.clock = clock;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return answer(session, () -> filter.refusesInSession() ? decide(mail) : HookAnswer.pass());
    }

    private HookAnswer decide(Mail mail) throws MessagingException {
        List<ContentDecision> all = filter.decide(
                ContentFacts.of(mail, this::isOwn, clock.instant()),
                views.of(mail),
                MailEnvelope.recipients(mail).stream()
                        .map(EnvelopeRecipient::address)
                        .toList());
        return all.size() == 1 && all.get(0).orders().ending().orElse(null) instanceof Ending.Reject reject
                ? HookAnswer.refuse(
                        Reply.of(550, "5.7.1", reject.text()),
                        new ContentVerdict(all.get(0).hits()).toString())
                : HookAnswer.pass();
    }

    private boolean isOwn(String domain) {
        try {
            return DomainPattern.anyMatches(settings().domains(), domain) || domains.containsDomain(Domain.of(domain));
        } catch (DomainListException unknown) {
            throw new IllegalStateException("the domains cannot be read", unknown);
        }
    }
}
