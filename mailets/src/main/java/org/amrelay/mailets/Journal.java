// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.journal.JournalEntry;
import org.amrelay.filtering.journal.JournalReport;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.ContentFacts;
import org.amrelay.james.OutgoingMail;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Sends an envelope journal report, with the message itself, to the address of an archive.
 *
 * <p>Reports of a mail's recipients at this place: behind the rewriting of addresses those whom it really goes to. Goes out under
 * the null sender, so that trouble of the archive reaches no sender; reports are never reported. Blocks on the disk.
 */
public final class Journal extends RelayMailet<Journal.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(description = "address of the archive", example = "journal@archive.example")
            EmailAddress to) {}

    private final Clock clock;

    /** Called by James. */
    @Inject
    public Journal(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        MessageView view = viewOf(mail);
        // The field alone proves nothing: anybody may write it to stay out of the journal
        boolean own = mail.getMaybeSender().isNullSender() && ContentFacts.isOwnMail(mail);
        if (own && view.header().has(JournalReport.FIELD)) {
            return new Action.Continue("a report is not reported");
        }
        String id = "journal-" + UUID.randomUUID();
        JournalEntry entry = new JournalEntry(
                id,
                clock.instant(),
                Addresses.of(getMailetContext().getPostmaster()),
                settings.to(),
                Addresses.of(mail.getMaybeSender()),
                mail.getRecipients().stream().map(Addresses::of).toList());
        OutgoingMail.send(getMailetContext(), id, Envelope.notice(settings.to()), JournalReport.of(entry, view));
        return new Action.Continue("reported to " + settings.to());
    }
}
