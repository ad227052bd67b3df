// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;

/**
 * What became of a recipient in processing, other than a delivery.
 *
 * @param state {@code BOUNCED}, {@code QUARANTINED}, {@code DISCARDED}, {@code EXPANDED} or {@code CANCELLED}
 * @param by the rule or mailet that decided, with its reason, in one line
 * @param becomes for {@code EXPANDED} the recipients in its place, each of which has its own delivery or fate.
 */
public record RecipientFate(EmailAddress recipient, RecipientState state, String by, List<EmailAddress> becomes) {
    public RecipientFate {
        becomes = List.copyOf(becomes);
        if (!state.isFinal()) {
            throw new IllegalArgumentException("a fate is final, and " + state + " is not");
        }
    }

    /** A fate that leaves nobody in the recipient's place. */
    public static RecipientFate of(EmailAddress recipient, RecipientState state, String by) {
        return new RecipientFate(recipient, state, by, List.of());
    }
}
