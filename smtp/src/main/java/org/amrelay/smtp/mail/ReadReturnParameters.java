// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import java.util.Optional;
import java.util.Set;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.smtpserver.dsn.DSNMailParameterHook;
import org.apache.mailet.DsnParameters;

/**
 * Announces DSN and reads RET and ENVID (RFC 3461 §4.3, §4.4).
 *
 * <p>Safe for several sessions, does not block.
 */
public final class ReadReturnParameters extends RelayHook<ReadReturnParameters.Settings>
        implements MailParametersHook, HeloHook, DoesNotBlock {
    public record Settings() {}

    private static final Reply BAD = Reply.of(501, "5.5.4", "RET is FULL or HDRS, ENVID is xtext up to 100 characters");
    private static final int LONGEST_ENVID = 100;

    @Override
    public Set<String> implementedEsmtpFeatures(SMTPSession session) {
        return Set.of("DSN");
    }

    @Override
    public HookResult doHelo(SMTPSession session, String name) {
        return HookResult.DECLINED;
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {DsnParameters.RET_PARAMETER, DsnParameters.ENVID_PARAMETER};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return answer(session, () -> {
            Optional<DsnParameters.Ret> ret = DsnParameters.Ret.parse(value);
            boolean id = !value.isEmpty() && value.length() <= LONGEST_ENVID && DsnParameters.XText.isValid(value);
            if (name.equals(DsnParameters.RET_PARAMETER) && ret.isPresent()) {
                session.setAttachment(DSNMailParameterHook.DSN_RET, ret.get(), State.Transaction);
            } else if (name.equals(DsnParameters.ENVID_PARAMETER) && id) {
                session.setAttachment(DSNMailParameterHook.DSN_ENVID, DsnParameters.EnvId.of(value), State.Transaction);
            } else {
                return HookAnswer.refuse(BAD, name + "=" + value);
            }
            return HookAnswer.pass();
        });
    }
}
