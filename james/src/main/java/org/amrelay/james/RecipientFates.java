// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.apache.mailet.Mail;

/**
 * Takes note of what processing meant for a recipient, other than a hand-over to delivery.
 *
 * <p>The distribution writes it to the ledger in the transaction that ends the spool item. A stock James has no ledger
 * and forgets it. Safe for several threads.
 */
@FunctionalInterface
public interface RecipientFates {
    /**
     * Notes one recipient's fate.
     *
     * @param state a state that {@code ACCEPTED} may become
     * @param by the rule or mailet that decided, with its reason
     * @param becomes the recipients in its place, for {@code EXPANDED} only; may hold the recipient itself
     */
    void note(Mail mail, EmailAddress recipient, RecipientState state, String by, List<EmailAddress> becomes);
}
