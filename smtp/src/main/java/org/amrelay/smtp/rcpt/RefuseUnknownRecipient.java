// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.util.Set;
import javax.inject.Inject;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * Refuses recipients that are no account, alias, rewrite or entry of the directory (RFC 5321 §3.3).
 *
 * <p>While that cannot be looked up the client tries later. Leaves our return paths alone. Waits for the directory
 * when there are domains to refuse for, in bounded time and off the event loop. Safe for several sessions.
 */
public final class RefuseUnknownRecipient extends RelayHook<RefuseUnknownRecipient.Settings>
        implements RcptHook, DoesNotBlock {
    public record Settings(
            @Parameter(
                    description =
                            "domains all of whose recipients are known here, besides those of the directory's settings",
                    defaultsTo = "")
            Set<DomainPattern> domains) {}

    private static final Reply MISSING = Reply.of(550, "5.1.1", "there is no such recipient");
    private static final Reply LATER = Reply.of(451, "4.3.0", "cannot look up the recipient now, try again later");

    private final RecipientDirectory directory;
    private final ReturnPaths paths;

    @Inject
    public RefuseUnknownRecipient(RecipientDirectory directory, ReturnPaths paths) {
        this.directory = directory;
        this.paths = paths;
    }

    @Override
    public boolean neverWaits() {
        return settings().domains().isEmpty() && directory.domains().isEmpty();
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return answer(session, () -> decide(Addresses.of(recipient)));
    }

    private HookAnswer decide(EmailAddress address) {
        boolean ours = DomainPattern.anyMatches(settings().domains(), address.domain())
                || DomainPattern.anyMatches(directory.domains(), address.domain());
        if (!ours || !(paths.original(address) instanceof OriginalSender.NotRewritten)) {
            return HookAnswer.pass();
        }
        return switch (directory.find(address)) {
            case EXISTS, UNASKED -> HookAnswer.pass();
            case MISSING -> HookAnswer.refuse(MISSING, address.toString());
            case UNKNOWN -> HookAnswer.refuse(LATER, address.toString());
        };
    }
}
