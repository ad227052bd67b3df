// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.filtering.content.ContentDecision;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.james.Action;
import org.amrelay.james.ContentFacts;
import org.amrelay.james.ContentVerdict;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.ProcessorName;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Does what the rules of {@code conf/content-rules.yaml} say; recipients for whom they say different things get mails apart.
 *
 * <p>Stands behind what finds out who sent the mail and how many spam points it has, since rules may ask for that. Mail that
 * the relay itself has written is not looked at. Blocks on the disk when it tells somebody.
 */
public final class ContentRules extends RelayMailet<ContentRules.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(description = "further domains that count as ours, *.domain for those below", defaultsTo = "")
            Set<DomainPattern> domains,

            @Parameter(description = "processor for mail that is kept", defaultsTo = "quarantine")
            ProcessorName quarantineTo,

            @Parameter(description = "processor for mail that waits for somebody", defaultsTo = "held")
            ProcessorName holdTo) {}

    private final ContentFilter filter;
    private final Clock clock;
    private final Bouncing bouncing;

    @Inject
    public ContentRules(ContentFilter filter, Clock clock, NoticeTemplates languages) {
        this.filter = filter;
        this.clock = clock;
        this.bouncing = new Bouncing(clock, languages, new SecureRandom());
    }

    @Override
    protected List<List<MailAddress>> groups(Mail mail, Settings settings) throws MessagingException {
        if (mail.getRecipients().size() < 2 || !filter.mayDivide() || ContentFacts.isOwnMail(mail)) {
            return List.of(List.copyOf(mail.getRecipients()));
        }
        return RecipientGroups.of(mail, decisions(mail, settings));
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws Exception {
        if (!filter.hasRules() || ContentFacts.isOwnMail(mail)) {
            return new Action.Continue("there are no content rules for it");
        }
        ContentDecision decision = decisions(mail, settings).get(0);
        ContentVerdict verdict = new ContentVerdict(decision.hits());
        verdict.attach(mail);
        if (decision.hits().isEmpty()) {
            return new Action.Continue(verdict.toString());
        }
        ContentMarks.leave(decision, verdict, mail);
        if (!decision.orders().tell().isEmpty()) {
            ContentNotice.send(mail, decision, getMailetContext(), clock.instant());
        }
        return new ContentActions(bouncing, settings.quarantineTo(), settings.holdTo())
                .of(mail, viewOf(mail), decision, getMailetContext(), verdict.toString());
    }

    private List<ContentDecision> decisions(Mail mail, Settings settings) throws MessagingException {
        List<EmailAddress> recipients = MailEnvelope.recipients(mail).stream()
                .map(EnvelopeRecipient::address)
                .toList();
        return filter.decide(
                ContentFacts.of(mail, domain -> isOwn(domain, settings), clock.instant()), viewOf(mail), recipients);
    }

    private boolean isOwn(String domain, Settings settings) {
        return DomainPattern.anyMatches(settings.domains(), domain)
                || getMailetContext().isLocalServer(Domain.of(domain));
    }
}
