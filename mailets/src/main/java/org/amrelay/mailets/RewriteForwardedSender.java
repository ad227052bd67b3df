// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.Domain;
import org.apache.mailet.Mail;

/**
 * Sends mail that goes on to somewhere else under a sender of this relay's (SRS), so that it passes SPF there and bounces
 * find the way back.
 *
 * <p>Leaves alone what an account submitted, the null sender, and senders of our own. Use it behind {@code
 * RewriteRecipients}, for recipients that are elsewhere.
 */
public final class RewriteForwardedSender extends RelayMailet<RewriteForwardedSender.Settings> {
    /** No parameters. */
    public record Settings() {}

    private final ReturnPaths paths;

    /** Called by James. */
    @Inject
    public RewriteForwardedSender(ReturnPaths paths) {
        this.paths = paths;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) {
        Optional<EmailAddress> sender = Addresses.of(mail.getMaybeSender()).address();
        boolean ours = MailEnvelope.of(mail).account().isPresent()
                || sender.isEmpty()
                || getMailetContext().isLocalServer(Domain.of(sender.get().domain()));
        if (ours) {
            return new Action.Continue("the sender is ours");
        }
        EmailAddress rewritten = paths.forward(sender.get());
        return rewritten.equals(sender.get())
                ? new Action.Continue("the sender would become too long")
                : new Action.ChangeSender(rewritten, Optional.empty(), "forwards mail of " + sender.get());
    }
}
