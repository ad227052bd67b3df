// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import javax.inject.Inject;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.james.Addresses;
import org.amrelay.james.RelayMatcher;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/**
 * Matches recipients that are return paths of this relay's, tagged or rewritten and still good, and addresses to which
 * complaints come.
 *
 * <p>Use it in front of {@code TakeBounces}.
 */
public final class RecipientIsReturnPath extends RelayMatcher<RecipientIsReturnPath.Settings> {
    /** The condition. */
    public record Settings(
            @Parameter(
                    description = "further addresses, to which providers send complaints",
                    defaultsTo = "",
                    example = "fbl@example.org")
            Set<String> addresses) {}

    private final ReturnPaths paths;

    /** Called by James. */
    @Inject
    public RecipientIsReturnPath(ReturnPaths paths) {
        this.paths = paths;
    }

    @Override
    protected Collection<MailAddress> matching(Mail mail, Settings settings) {
        return mail.getRecipients().stream()
                .filter(recipient ->
                        settings.addresses().contains(recipient.asString().toLowerCase(Locale.ROOT))
                                || paths.original(Addresses.of(recipient)) instanceof OriginalSender.Sender)
                .toList();
    }
}
