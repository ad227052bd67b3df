// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.util.Set;
import javax.inject.Inject;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.authentication.identity.AuthorshipEvaluator;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.MailHeader;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Refuses a message whose From or Sender is not the account's, or can be read in two ways (RFC 6409 §6.1, RFC 5322 §3.6.2).
 *
 * <p>The null sender is for a receipt, so it goes to one recipient (RFC 8098 §3). Reads the header and no more. Safe for
 * several sessions.
 */
public final class RefuseForeignAuthor extends RelayHook<RefuseForeignAuthor.Settings>
        implements JamesMessageHook, DoesNotBlock {
    public record Settings(
            @Parameter(description = "accounts that may write any author", defaultsTo = "")
            Set<String> anyAuthor) {}

    private final AuthorshipEvaluator evaluator;

    @Inject
    public RefuseForeignAuthor(AccountIdentities identities) {
        this.evaluator = new AuthorshipEvaluator(identities);
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return answer(session, () -> {
            Username account = session.getUsername();
            if (account == null || settings().anyAuthor().contains(account.asString())) {
                return HookAnswer.pass();
            }
            return evaluator
                    .message(
                            account.asString(),
                            Addresses.of(mail.getMaybeSender()),
                            MailHeader.asReceived(mail),
                            mail.getRecipients().size())
                    .fold(HookAnswer::pass, HookAnswer::refuse);
        });
    }
}
