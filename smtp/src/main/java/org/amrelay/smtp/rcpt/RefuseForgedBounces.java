// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.util.Set;
import javax.inject.Inject;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.james.ReturnPaths;
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
 * Refuses mail to return paths that this relay did not make or that are too old, and bounces of mail that was never sent:
 * those to the plain address of an account whose return paths are always tagged.
 *
 * <p>For the port that takes mail from other servers. Safe for several sessions, does not block.
 */
public final class RefuseForgedBounces extends RelayHook<RefuseForgedBounces.Settings>
        implements RcptHook, DoesNotBlock {
    public record Settings(
            @Parameter(
                    description = "accounts whose mail always has a tagged return path, as in SignReturnPath; not *",
                    defaultsTo = "")
            Set<String> accounts) {}

    private final ReturnPaths paths;

    @Inject
    public RefuseForgedBounces(ReturnPaths paths) {
        this.paths = paths;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return answer(session, () -> {
            EmailAddress address = Addresses.of(recipient);
            OriginalSender original = paths.original(address);
            if (original instanceof OriginalSender.Refused refused) {
                return refuse("this is no return path of ours, or no longer one", address + ": " + refused.reason());
            }
            if (original instanceof OriginalSender.Sender && !sender.isNullSender()) {
                // Whoever has read such an address in a message must not reach the sender behind it
                return refuse("only bounces come here", address + ": the sender is not null");
            }
            boolean untagged = original instanceof OriginalSender.NotRewritten
                    && sender.isNullSender()
                    && settings().accounts().contains(address.toString());
            return untagged
                    ? refuse("this answers no mail that was sent from here", address + " always has a tag")
                    : HookAnswer.pass();
        });
    }

    private static HookAnswer refuse(String text, String cause) {
        return HookAnswer.refuse(Reply.of(550, "5.7.1", text), cause);
    }
}
