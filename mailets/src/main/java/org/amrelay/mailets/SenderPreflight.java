// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.filtering.preflight.CampaignFindings;
import org.amrelay.filtering.preflight.CampaignSettings;
import org.amrelay.filtering.preflight.CampaignWatch;
import org.amrelay.filtering.preflight.SenderFacts;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.OutgoingMail;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.SpamVerdict;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.ProcessorName;
import org.apache.mailet.Mail;

/**
 * Looks at what an account writes to many as large providers will, tells the sender once a day what is missing, and keeps the
 * mail back when that is wanted.
 *
 * <p>Mail of other origin, and of accounts that write to few, is not looked at. Stands behind ScoreSpam. Waits for the DNS,
 * within its time-outs, for mail to many only.
 */
public final class SenderPreflight extends RelayMailet<SenderPreflight.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description =
                            "recipients within the window from which an account's mail under one domain is mail to many",
                    defaultsTo = "100",
                    min = 1)
            int recipients,

            @Parameter(description = "how far back recipients count", defaultsTo = "1h")
            Duration window,

            @Parameter(
                    description =
                            "addresses from which the relay connects to others, whose reverse names are looked at",
                    defaultsTo = "",
                    example = "192.0.2.25")
            List<Network> addresses,

            @Parameter(
                    description = "processor for mail to many with errors; it goes on when this is not set",
                    example = "quarantine")
            Optional<ProcessorName> errorsTo) {
        /** Refuses a window of no time. */
        public Settings {
            if (window.toSeconds() < 1) {
                throw new IllegalArgumentException("'window' is less than 1s");
            }
        }

        CampaignSettings campaign() {
            return new CampaignSettings(
                    recipients, window, addresses.stream().map(Network::first).toList());
        }
    }

    private final SigningKeys keys;
    private final CampaignWatch watch;
    private final Clock clock;

    /** Called by James. */
    @Inject
    public SenderPreflight(SigningKeys keys, Dns dns, Clock clock) {
        this.keys = keys;
        this.watch = new CampaignWatch(dns);
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        Optional<String> account = MailEnvelope.account(mail);
        if (account.isEmpty()) {
            return new Action.Continue("not of an account");
        }
        MessageView view = viewOf(mail);
        SenderFacts facts = facts(mail, CampaignWatch.authorDomain(view.header()));
        Optional<CampaignFindings> found = watch.look(
                settings.campaign(),
                account.get(),
                view,
                facts,
                mail.getRecipients().size());
        if (found.isEmpty()) {
            return new Action.Continue("to few");
        }
        boolean held = found.get().hasErrors() && settings.errorsTo().isPresent();
        if (found.get().isNews()) {
            tell(mail, found.get(), held, facts);
        }
        String reason = found.get().toString();
        return held ? new Action.GoTo(settings.errorsTo().orElseThrow(), reason) : new Action.Continue(reason);
    }

    private SenderFacts facts(Mail mail, String author) {
        Optional<SpamVerdict> spam = SpamVerdict.of(mail);
        return new SenderFacts(
                Addresses.of(mail.getMaybeSender()),
                author.isEmpty() || keys.of(author).isEmpty() ? Set.of() : Set.of(author),
                spam.map(SpamVerdict::score).orElse(0.0),
                spam.map(SpamVerdict::required).orElse(1.0),
                clock.instant());
    }

    private void tell(Mail mail, CampaignFindings found, boolean held, SenderFacts facts)
            throws MessagingException, IOException {
        EmailAddress postmaster = Addresses.of(getMailetContext().getPostmaster());
        EmailAddress sender = Addresses.of(mail.getMaybeSender()).address().orElse(postmaster);
        String id = "preflight-" + UUID.randomUUID();
        MessageContent notice = found.message(postmaster, sender, id, held, facts.now());
        OutgoingMail.send(getMailetContext(), id, Envelope.notice(sender), notice);
        watch.told(found, facts);
    }
}
