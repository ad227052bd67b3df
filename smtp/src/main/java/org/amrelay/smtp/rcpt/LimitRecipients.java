// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * Takes so many recipients and no more for one mail; the client sends the rest in another one (RFC 5321 §4.5.3.1.10).
 *
 * <p>Safe for several sessions, does not block.
 */
public final class LimitRecipients extends RelayHook<LimitRecipients.Settings> implements RcptHook, DoesNotBlock {
    public record Settings(
            @Parameter(
                    description = "recipients of one mail, at least the 100 that RFC 5321 asks for",
                    defaultsTo = "1000",
                    min = 1)
            int most) {}

    private static final Reply ENOUGH = Reply.of(452, "4.5.3", "too many recipients, send the rest in another mail");

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return answer(
                session,
                () -> session.getRcptCount() < settings().most()
                        ? HookAnswer.pass()
                        : HookAnswer.refuse(ENOUGH, "limit of " + settings().most()));
    }
}
