// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

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

    private static final Reply BAD_RET = Reply.of(501, "5.5.4", "RET is FULL or HDRS");
    private static final Reply BAD_ENVID = Reply.of(501, "5.5.4", "ENVID is xtext of at most 100 characters");
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
        return answer(
                session, () -> name.equals(DsnParameters.RET_PARAMETER) ? ret(session, value) : id(session, value));
    }

    private static HookAnswer ret(SMTPSession session, String value) {
        return DsnParameters.Ret.parse(value)
                .map(ret -> {
                    session.setAttachment(DSNMailParameterHook.DSN_RET, ret, State.Transaction);
                    return HookAnswer.pass();
                })
                .orElseGet(() -> HookAnswer.refuse(BAD_RET, "RET=" + value));
    }

    private static HookAnswer id(SMTPSession session, String value) {
        if (value.isEmpty() || value.length() > LONGEST_ENVID || !DsnParameters.XText.isValid(value)) {
            return HookAnswer.refuse(BAD_ENVID, "ENVID=" + value);
        }
        session.setAttachment(DSNMailParameterHook.DSN_ENVID, DsnParameters.EnvId.of(value), State.Transaction);
        return HookAnswer.pass();
    }
}
