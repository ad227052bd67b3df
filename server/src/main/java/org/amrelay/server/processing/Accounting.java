// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import org.amrelay.james.Addresses;
import org.amrelay.james.HeldMail;
import org.amrelay.james.TraceNote;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.queue.OpenItem;
import org.amrelay.storage.repository.RepositoryStore;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.TraceStep;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Tells from the mail before and after a mailet what the mailet did to whom.
 *
 * <p>Recipients that have gone, and that nobody has explained, were replaced when others came, kept when the mail went
 * into a repository, bounced when a notice went to the sender, sent on when another mail was sent, and else discarded; in
 * each case by this mailet. For one mail and one mailet; cheap when nothing changed.
 */
final class Accounting {
    private final OpenItem item;
    private final Mail mail;
    private final Collection<MailAddress> recipientsBefore;
    private final String stateBefore;
    private final Object messageBefore;
    private final boolean heldBefore;
    private final OpenItem.Mark mark;

    private Accounting(OpenItem item, Mail mail) {
        this.item = item;
        this.mail = mail;
        this.recipientsBefore = mail.getRecipients();
        this.stateBefore = mail.getState();
        this.messageBefore = MessageVersion.of(mail);
        this.heldBefore = HeldMail.by(mail).isPresent();
        this.mark = item.mark();
    }

    /** Looks at the mail as it is before the mailet. */
    static Accounting before(OpenItem item, Mail mail) {
        return new Accounting(item, mail);
    }

    /**
     * Looks at it again and notes the fates of those who have gone.
     *
     * @param by the mailet and its processor, for the ledger
     * @return what is different, in words; empty text when nothing is
     */
    String after(String by) {
        StringJoiner changed = new StringJoiner("; ");
        List<NewSpoolItem> sent = item.spawnedSince(mark);
        List<RepositoryStore> stored = item.storedSince(mark);
        sent.forEach(other -> changed.add("sent " + other.mail().name()));
        stored.forEach(kept -> changed.add("kept in " + kept.url()));
        TraceNote.take(mail).ifPresent(changed::add);
        if (!MessageVersion.of(mail).equals(messageBefore)) {
            changed.add(TraceStep.MESSAGE);
        }
        if (!heldBefore) {
            HeldMail.by(mail).ifPresent(holder -> changed.add("held by " + holder));
        }
        boolean ended = mail.getState().equals(Mail.GHOST);
        Collection<MailAddress> now = ended ? List.of() : mail.getRecipients();
        if (now != recipientsBefore) {
            List<EmailAddress> gone = difference(recipientsBefore, now);
            List<EmailAddress> come = difference(now, recipientsBefore);
            int handedOver = item.mark().delivered() - mark.delivered();
            gone.stream()
                    .filter(recipient -> !item.isExplainedSince(mark, recipient))
                    .forEach(recipient -> item.fate(fate(recipient, come, sent, stored, by)));
            describe(changed, gone, come, handedOver);
        }
        if (!ended && !mail.getState().equals(stateBefore)) {
            changed.add("to processor " + mail.getState());
        }
        return changed.toString();
    }

    private RecipientFate fate(
            EmailAddress recipient,
            List<EmailAddress> come,
            List<NewSpoolItem> sent,
            List<RepositoryStore> stored,
            String by) {
        if (!come.isEmpty()) {
            return new RecipientFate(recipient, RecipientState.EXPANDED, by, come);
        }
        if (!stored.isEmpty()) {
            return RecipientFate.of(
                    recipient,
                    RecipientState.QUARANTINED,
                    by + ": kept in " + stored.get(stored.size() - 1).url());
        }
        if (sent.isEmpty()) {
            return RecipientFate.of(recipient, RecipientState.DISCARDED, by);
        }
        String name = sent.get(0).mail().name();
        return sent.stream().allMatch(this::isNoticeToSender)
                ? RecipientFate.of(recipient, RecipientState.BOUNCED, by + ": told the sender in " + name)
                : RecipientFate.of(recipient, RecipientState.EXPANDED, by + ": sent on as " + name);
    }

    private boolean isNoticeToSender(NewSpoolItem sent) {
        return sent.mail().envelope().sender().isNull()
                && sent.mail().envelope().recipients().stream()
                        .allMatch(to -> item.item()
                                .mail()
                                .envelope()
                                .sender()
                                .address()
                                .filter(to.address()::equals)
                                .isPresent());
    }

    private static void describe(
            StringJoiner changed, List<EmailAddress> gone, List<EmailAddress> come, int handedOver) {
        if (handedOver > 0) {
            changed.add("handed over " + handedOver + " to delivery");
        } else if (!gone.isEmpty()) {
            changed.add("ended " + gone.size() + " recipients");
        }
        if (!come.isEmpty()) {
            changed.add("added " + come.size() + " recipients");
        }
    }

    private static List<EmailAddress> difference(Collection<MailAddress> these, Collection<MailAddress> those) {
        List<EmailAddress> rest = new ArrayList<>();
        for (MailAddress address : these) {
            if (!those.contains(address)) {
                rest.add(Addresses.of(address));
            }
        }
        return rest;
    }
}
