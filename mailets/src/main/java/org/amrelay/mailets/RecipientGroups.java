// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.List;
import org.amrelay.filtering.content.ContentDecision;
import org.amrelay.james.Addresses;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/** Recipients of a mail by what is decided for them. Stateless. */
final class RecipientGroups {
    private RecipientGroups() {}

    static List<List<MailAddress>> of(Mail mail, List<ContentDecision> decisions) {
        return decisions.stream()
                .map(decision -> mail.getRecipients().stream()
                        .filter(recipient -> decision.recipients().contains(Addresses.of(recipient)))
                        .toList())
                .toList();
    }
}
