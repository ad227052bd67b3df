// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.limit;

import java.util.Optional;
import java.util.function.Function;
import javax.inject.Inject;
import org.amrelay.authentication.limit.LimitSubject;
import org.amrelay.authentication.limit.SubmissionLimiter;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Lets an account send no more messages, recipients and bytes in a time than the rules say; more is tried later.
 *
 * <p>Counts a message at MAIL, a recipient at RCPT, bytes when they are there. Says nothing of clients that did not log
 * in. Safe for several sessions.
 */
public final class LimitSubmission extends RelayHook<LimitSubmission.Settings>
        implements MailHook, RcptHook, JamesMessageHook, DoesNotBlock {
    public record Settings() {}

    private final SubmissionLimiter limiter;

    @Inject
    public LimitSubmission(SubmissionLimiter limiter) {
        this.limiter = limiter;
    }

    /** Counts that several relays share are asked over the network. */
    @Override
    public boolean neverWaits() {
        return !limiter.mayWait();
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return decide(session, limiter::message);
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return decide(session, subject -> limiter.recipient(subject, Addresses.of(recipient)));
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return answer(session, () -> {
            long size = mail.getMessageSize();
            return answer(session, subject -> limiter.bytes(subject, size));
        });
    }

    private HookResult decide(SMTPSession session, Function<LimitSubject, Optional<Reply>> limit) {
        return answer(session, () -> answer(session, limit));
    }

    private static HookAnswer answer(SMTPSession session, Function<LimitSubject, Optional<Reply>> limit) {
        return Optional.ofNullable(session.getUsername())
                .map(account -> new LimitSubject(
                        account.asString(), session.getRemoteAddress().getAddress()))
                .flatMap(subject -> limit.apply(subject)
                        .map(reply -> HookAnswer.refuse(reply, subject.account() + " sends too much")))
                .orElseGet(HookAnswer::pass);
    }
}
