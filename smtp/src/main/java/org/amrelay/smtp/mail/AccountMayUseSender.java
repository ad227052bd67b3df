// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import java.util.Set;
import javax.inject.Inject;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.user.api.UsersRepository;

/**
 * Lets an account send under its own address and its aliases only (RFC 6409 §6.1).
 *
 * <p>The null sender is allowed, since mail programs send receipts under it (RFC 8098 §3). Safe for several sessions;
 * the aliases come from a cache.
 */
public final class AccountMayUseSender extends RelayHook<AccountMayUseSender.Settings>
        implements MailHook, DoesNotBlock {
    public record Settings(
            @Parameter(description = "accounts that may use any sender address", defaultsTo = "")
            Set<String> anySender) {}

    private static final Reply NOT_YOURS = Reply.of(553, "5.7.1", "this sender address does not belong to the account");

    private final UsersRepository users;
    private final CanSendFrom canSendFrom;

    @Inject
    public AccountMayUseSender(UsersRepository users, CanSendFrom canSendFrom) {
        this.users = users;
        this.canSendFrom = canSendFrom;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return answer(session, () -> {
            Username account = session.getUsername();
            if (account == null
                    || sender.isNullSender()
                    || settings().anySender().contains(account.asString())) {
                return HookAnswer.pass();
            }
            MailAddress address = sender.asOptional().orElseThrow();
            return canSendFrom.userCanSendFrom(account, users.getUsername(address))
                    ? HookAnswer.pass()
                    : HookAnswer.refuse(NOT_YOURS, account.asString() + " used " + Addresses.of(address));
        });
    }
}
