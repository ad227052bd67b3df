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
 * Takes mail only inside TLS (RFC 3207 §4, RFC 8314 §3.3); for submission ports, not for the port of the Internet.
 *
 * <p>Safe for several sessions, does not block.
 */
public final class RequireTls extends RelayHook<RequireTls.Settings> implements MailHook, DoesNotBlock {
    public record Settings() {}

    private static final Reply FIRST = Reply.of(530, "5.7.0", "say STARTTLS first");

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return answer(
                session,
                () -> session.isTLSStarted() ? HookAnswer.pass() : HookAnswer.refuse(FIRST, "mail without TLS"));
    }
}
