// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.MailAddress;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.lib.Mapping;
import org.apache.mailet.Mail;

/**
 * Replaces recipients by what aliases, forwards, groups and domain mappings say, to the end of each chain.
 *
 * <p>Means what James' {@code RecipientRewriteTable} means, but keeps all recipients in one mail. Recipients that the
 * table refuses go first, by {@code RecipientIsRefused}; one that still comes here has the mail tried later.
 */
public final class RewriteRecipients extends RelayMailet<RewriteRecipients.Settings> {
    /** No parameters. */
    public record Settings() {}

    private final RecipientRewriteTable table;

    /** Called by James. */
    @Inject
    public RewriteRecipients(RecipientRewriteTable table) {
        this.table = table;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws Exception {
        Map<EmailAddress, List<EmailAddress>> becomes = new LinkedHashMap<>();
        for (MailAddress recipient : mail.getRecipients()) {
            EmailAddress address = Addresses.of(recipient);
            List<EmailAddress> targets = targets(recipient);
            if (!targets.isEmpty() && !targets.equals(List.of(address))) {
                becomes.put(address, targets);
            }
        }
        return becomes.isEmpty()
                ? new Action.Continue("nothing to rewrite")
                : new Action.Change(becomes, "rewrites " + becomes);
    }

    private List<EmailAddress> targets(MailAddress recipient) throws Exception {
        return table.getResolvedMappings(recipient.getLocalPart(), recipient.getDomain())
                .asStream()
                .map(mapping -> mapping.appendDomainIfNone(recipient::getDomain))
                .map(Mapping::asMailAddress)
                .flatMap(Optional::stream)
                .map(Addresses::of)
                .distinct()
                .toList();
    }
}
