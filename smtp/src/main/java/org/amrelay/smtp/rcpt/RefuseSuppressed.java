// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.time.Clock;
import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.james.Addresses;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * Refuses recipients on the suppression list, by an entry of the account or by one for all, and says why.
 *
 * <p>Safe for several sessions; the list is in memory.
 */
public final class RefuseSuppressed extends RelayHook<RefuseSuppressed.Settings> implements RcptHook, DoesNotBlock {
    public record Settings() {}

    private final SuppressionStore list;
    private final Clock clock;

    @Inject
    public RefuseSuppressed(SuppressionStore list, Clock clock) {
        this.list = list;
        this.clock = clock;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return answer(session, () -> {
            Optional<String> account =
                    Optional.ofNullable(session.getUsername()).map(Username::asString);
            return list.suppressed(account, Addresses.of(recipient), clock.instant())
                    .map(reason -> refuse(recipient, reason))
                    .orElseGet(HookAnswer::pass);
        });
    }

    private static HookAnswer refuse(MailAddress recipient, SuppressionReason reason) {
        String text = "this address is on the suppression list: " + reason.sentence();
        return HookAnswer.refuse(Reply.of(550, "5.7.1", text), recipient.asString());
    }
}
