// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.inject.Inject;
import org.amrelay.james.RelayMatcher;
import org.apache.james.core.MailAddress;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTable.ErrorMappingException;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.mailet.Mail;

/**
 * Matches recipients that the rewrite table refuses: an error stands for them, or their aliases go round in a circle.
 *
 * <p>Use it with {@code BounceBack} in front of {@code RewriteRecipients}, which cannot rewrite these.
 */
public final class RecipientIsRefused extends RelayMatcher<RecipientIsRefused.Settings> {
    /** No condition. */
    public record Settings() {}

    private final RecipientRewriteTable table;

    /** Called by James. */
    @Inject
    public RecipientIsRefused(RecipientRewriteTable table) {
        this.table = table;
    }

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) throws RecipientRewriteTableException {
        List<MailAddress> refused = new ArrayList<>();
        for (MailAddress recipient : mail.getRecipients()) {
            try {
                table.getResolvedMappings(recipient.getLocalPart(), recipient.getDomain());
            } catch (ErrorMappingException refusal) {
                refused.add(recipient);
            }
        }
        return refused;
    }
}
