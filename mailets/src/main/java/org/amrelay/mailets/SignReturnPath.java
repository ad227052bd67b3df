// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.Domain;
import org.apache.mailet.Mail;

/**
 * Tags the envelope sender of mail of some accounts, so that real bounces can be told from forged ones (BATV), and gives
 * the mail an ENVID, so that they name it.
 *
 * <p>On demand each recipient gets a return path of its own (VERP): then a bounce names it whatever its words say, and
 * nobody can forge one about another recipient. Such mail goes out with a transaction for each recipient.
 *
 * <p>Bounces come back to the tagged address: {@code TakeBounces} and {@code RefuseForgedBounces} know it. Only for senders
 * in domains of this relay.
 */
public final class SignReturnPath extends RelayMailet<SignReturnPath.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "accounts whose return paths are tagged; * for all",
                    defaultsTo = "",
                    example = "news@example.org")
            Set<String> accounts,

            @Parameter(
                    description =
                            "those of the accounts whose mail gets a return path for each recipient, and with it a"
                                    + " transaction for each; * for all",
                    defaultsTo = "",
                    example = "news@example.org")
            Set<String> perRecipient) {}

    private final ReturnPaths paths;

    /** Called by James. */
    @Inject
    public SignReturnPath(ReturnPaths paths) {
        this.paths = paths;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) {
        Optional<EmailAddress> sender = Addresses.of(mail.getMaybeSender()).address();
        Optional<String> account = MailEnvelope.of(mail).account();
        boolean wanted = account.isPresent() && isIn(settings.accounts(), account.get());
        if (!wanted
                || sender.isEmpty()
                || !getMailetContext().isLocalServer(Domain.of(sender.get().domain()))) {
            return new Action.Continue("this sender is not tagged");
        }
        EmailAddress tagged = paths.sign(sender.get());
        Map<EmailAddress, EmailAddress> each = new HashMap<>();
        if (isIn(settings.perRecipient(), account.get())) {
            mail.getRecipients().stream()
                    .map(Addresses::of)
                    .forEach(recipient -> each.put(recipient, paths.sign(sender.get(), recipient)));
            // Where it does not fit there is nothing to keep apart
            each.values().removeIf(tagged::equals);
        }
        return new Action.ChangeSender(tagged, Optional.of(mail.getName()), each, "tags the return path");
    }

    private static boolean isIn(Set<String> accounts, String account) {
        return accounts.contains("*") || accounts.contains(account);
    }
}
