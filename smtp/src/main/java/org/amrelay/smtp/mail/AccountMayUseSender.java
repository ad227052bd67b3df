// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import java.util.Set;
import javax.inject.Inject;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.authentication.identity.AuthorshipEvaluator;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/**
 * Lets an account send under its own address, its aliases and what was granted to it only (RFC 6409 §6.1).
 *
 * <p>The null sender is allowed, since mail programs send receipts under it (RFC 8098 §3); {@code RefuseForeignAuthor}
 * bounds its use. Safe for several sessions; what an account owns comes from memory.
 */
public final class AccountMayUseSender extends RelayHook<AccountMayUseSender.Settings>
        implements MailHook, DoesNotBlock {
    public record Settings(
            @Parameter(description = "accounts that may use any sender address", defaultsTo = "")
            Set<String> anySender) {}

    private final AuthorshipEvaluator evaluator;

    @Inject
    public AccountMayUseSender(AccountIdentities identities) {
        this.evaluator = new AuthorshipEvaluator(identities);
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return answer(session, () -> {
            Username account = session.getUsername();
            if (account == null || settings().anySender().contains(account.asString())) {
                return HookAnswer.pass();
            }
            return evaluator
                    .sender(account.asString(), Addresses.of(sender))
                    .fold(HookAnswer::pass, HookAnswer::refuse);
        });
    }
}
