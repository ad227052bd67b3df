// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;

/**
 * Reads NOTIFY and ORCPT (RFC 3461 §4.1, §4.2; RFC 6533 §3). Comes after the hooks that may refuse the recipient.
 *
 * <p>Safe for several sessions, does not block.
 */
public final class ReadNotifyParameters extends RelayHook<ReadNotifyParameters.Settings>
        implements RcptHook, DoesNotBlock {
    public record Settings() {}

    private static final Reply BAD = Reply.of(501, "5.5.4", "NOTIFY or ORCPT is malformed");
    private static final int LONGEST_ORCPT = 500;

    @Override
    public Set<String> supportedParameters() {
        return Set.of(DsnParameters.NOTIFY_PARAMETER, DsnParameters.ORCPT_PARAMETER);
    }

    @Override
    public HookResult doRcpt(
            SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> given) {
        return answer(session, () -> {
            if (given.isEmpty()) {
                return HookAnswer.pass();
            }
            Map<String, String> others = new HashMap<>(given);
            Optional<String> original = Optional.ofNullable(others.remove(DsnParameters.ORCPT_PARAMETER));
            Optional<MailAddress> address =
                    original.filter(text -> text.length() <= LONGEST_ORCPT).flatMap(OriginalRecipient::parse);
            if (original.isPresent() && address.isEmpty()) {
                return HookAnswer.refuse(BAD, "ORCPT " + original.get());
            }
            try {
                var wanted = RecipientDsnParameters.fromSMTPArgLine(others)
                        .flatMap(RecipientDsnParameters::getNotifyParameter);
                RecipientDsnParameters.of(wanted, address)
                        .ifPresent(wishes -> RecipientWishes.of(session).add(recipient, wishes));
                return HookAnswer.pass();
            } catch (IllegalArgumentException e) {
                return HookAnswer.refuse(BAD, String.valueOf(e.getMessage()));
            }
        });
    }
}
