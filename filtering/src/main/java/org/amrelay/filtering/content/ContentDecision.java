// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import org.amrelay.mail.address.EmailAddress;

/**
 * What the rules say for some recipients of a mail. Immutable.
 *
 * @param hits of rules of all modes, in the order in which they were asked
 */
public record ContentDecision(List<EmailAddress> recipients, List<ContentHit> hits, ContentOrders orders) {
    public ContentDecision {
        recipients = List.copyOf(recipients);
        hits = List.copyOf(hits);
    }
}
