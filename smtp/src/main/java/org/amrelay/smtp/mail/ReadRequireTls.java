// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import java.util.Set;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/**
 * Announces REQUIRETLS inside TLS and reads it (RFC 8689 §2, §4.1).
 *
 * <p>The delivery keeps what it promises: such mail goes over verified TLS to servers that announce it, or not at all.
 * Safe for several sessions, does not block.
 */
public final class ReadRequireTls extends RelayHook<ReadRequireTls.Settings>
        implements MailParametersHook, HeloHook, DoesNotBlock {
    /** Present in the transaction when the client asked for it. */
    public static final AttachmentKey<Boolean> REQUESTED = AttachmentKey.of("org.amrelay.require-tls", Boolean.class);

    public record Settings() {}

    private static final String KEYWORD = "REQUIRETLS";

    @Override
    public Set<String> implementedEsmtpFeatures(SMTPSession session) {
        return session.isTLSStarted() ? Set.of(KEYWORD) : Set.of();
    }

    @Override
    public HookResult doHelo(SMTPSession session, String name) {
        return HookResult.DECLINED;
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {KEYWORD};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return answer(session, () -> {
            if (!value.isEmpty()) {
                return HookAnswer.refuse(Reply.of(501, "5.5.4", "REQUIRETLS takes no value"), "a value");
            }
            if (!session.isTLSStarted()) {
                return HookAnswer.refuse(Reply.of(530, "5.7.10", "REQUIRETLS needs TLS here first"), "without TLS");
            }
            session.setAttachment(REQUESTED, true, State.Transaction);
            return HookAnswer.pass();
        });
    }
}
