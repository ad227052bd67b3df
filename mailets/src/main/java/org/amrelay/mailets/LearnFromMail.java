// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.spam.ForwardedLessons;
import org.amrelay.filtering.spam.SpamLessons;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.OutgoingMail;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Learns from what accounts send to {@code spam@} and {@code ham@} their domain: each message that is attached is spam or wanted
 * mail, for the account and a little for everybody. Without an attached message the account is told how to do it.
 *
 * <p>The mail ends there for those recipients. Mail of strangers is never a lesson and goes on.
 */
public final class LearnFromMail extends RelayMailet<LearnFromMail.Settings> {
    private static final String BY = "LearnFromMail";

    /** The parameters. */
    public record Settings(
            @Parameter(description = "left of the at-sign of addresses that take spam", defaultsTo = "spam")
            Set<String> spam,

            @Parameter(description = "left of the at-sign of addresses that take wanted mail", defaultsTo = "ham")
            Set<String> ham) {}

    private final ForwardedLessons lessons;
    private final Clock clock;

    /** Called by James. */
    @Inject
    public LearnFromMail(SpamLessons lessons, Clock clock) {
        this.lessons = new ForwardedLessons(lessons);
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        Optional<String> account = MailEnvelope.account(mail);
        Map<EmailAddress, Action.End> ended = new LinkedHashMap<>();
        for (MailAddress recipient : account.isPresent() ? mail.getRecipients() : List.<MailAddress>of()) {
            String local = recipient.getLocalPart().toLowerCase(Locale.ROOT);
            boolean isSpam = settings.spam().contains(local);
            if ((isSpam || settings.ham().contains(local)) && getMailetContext().isLocalServer(recipient.getDomain())) {
                int learned = lessons.learn(viewOf(mail), isSpam, account.get(), clock.instant());
                if (learned == 0) {
                    tell(mail, Addresses.of(recipient));
                }
                ended.put(
                        Addresses.of(recipient),
                        new Action.End(
                                RecipientState.DISCARDED,
                                BY,
                                learned + " messages learned as " + (isSpam ? "spam" : "wanted")));
            }
        }
        return ended.isEmpty()
                ? new Action.Continue("no lesson")
                : new Action.EndSome(ended, "lessons of " + account.orElse(""));
    }

    private void tell(Mail mail, EmailAddress address) throws MessagingException, IOException {
        Optional<EmailAddress> sender = Addresses.of(mail.getMaybeSender()).address();
        if (sender.isPresent()) {
            EmailAddress postmaster = Addresses.of(getMailetContext().getPostmaster());
            String id = "lesson-" + UUID.randomUUID();
            OutgoingMail.send(
                    getMailetContext(),
                    id,
                    Envelope.notice(sender.get()),
                    ForwardedLessons.howTo(postmaster, sender.get(), address, id, clock.instant()));
        }
    }
}
