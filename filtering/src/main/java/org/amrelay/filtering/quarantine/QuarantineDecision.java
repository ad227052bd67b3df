// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.List;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;

/**
 * About which mails, and whose copies of them, somebody decides.
 *
 * @param mails their ids
 * @param recipients whose copies; empty: everybody's
 * @param by who decides, for the ledger
 */
public record QuarantineDecision(List<Long> mails, Set<EmailAddress> recipients, String by) {
    public QuarantineDecision {
        mails = List.copyOf(mails);
        recipients = Set.copyOf(recipients);
    }

    /** About all copies of mails. */
    public static QuarantineDecision about(List<Long> mails, String by) {
        return new QuarantineDecision(mails, Set.of(), by);
    }

    /** About one copy. */
    public static QuarantineDecision about(long mail, EmailAddress recipient, String by) {
        return new QuarantineDecision(List.of(mail), Set.of(recipient), by);
    }

    public boolean concerns(QuarantinedRecipient recipient) {
        return recipients.isEmpty() || recipients.contains(recipient.address());
    }
}
