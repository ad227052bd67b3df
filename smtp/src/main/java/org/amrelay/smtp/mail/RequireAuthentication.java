// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/**
 * Takes mail only from authenticated clients (RFC 6409 §4.3).
 *
 * <p>Safe for several sessions, does not block.
 */
public final class RequireAuthentication extends RelayHook<RequireAuthentication.Settings>
        implements MailHook, DoesNotBlock {
    public record Settings() {}

    private static final Reply FIRST = Reply.of(530, "5.7.0", "authentication required");

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return answer(
                session,
                () -> session.getUsername() != null
                        ? HookAnswer.pass()
                        : HookAnswer.refuse(FIRST, "not authenticated"));
    }
}
