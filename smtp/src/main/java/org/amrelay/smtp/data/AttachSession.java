// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.net.InetSocketAddress;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayHook;
import org.amrelay.james.RoutingTraits;
import org.amrelay.smtp.DoesNotBlock;
import org.amrelay.smtp.mail.ReadRequireTls;
import org.amrelay.smtp.rcpt.RecipientWishes;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.james.smtpserver.dsn.DSNMailParameterHook;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;

/**
 * Writes on the mail what the session knows: client, port, HELO name, account, and the DSN parameters (RFC 3461).
 *
 * <p>Uses James' attribute names, so that its matchers find them, but never looks a name up. Safe for several sessions,
 * does not block.
 */
public final class AttachSession extends RelayHook<AttachSession.Settings> implements JamesMessageHook, DoesNotBlock {
    public record Settings() {}

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return answer(session, () -> attach(session, mail));
    }

    private static HookAnswer attach(SMTPSession session, Mail mail) {
        String address = session.getRemoteAddress().getAddress().getHostAddress();
        if (mail instanceof MailImpl own) {
            own.setRemoteAddr(address);
            own.setRemoteHost(address);
        }
        set(mail, Mail.SMTP_SESSION_ID, session.getSessionID());
        session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                .ifPresent(name -> set(mail, Mail.SMTP_HELO, name));
        if (session.getUsername() != null) {
            set(mail, Mail.SMTP_AUTH_USER, session.getUsername().asString());
        }
        InetSocketAddress own = session.getLocalAddress();
        if (own != null) {
            mail.setAttribute(new Attribute(RoutingTraits.PORT, AttributeValue.of(own.getPort())));
        }
        if (session.isRelayingAllowed()) {
            mail.setAttribute(Attribute.convertToAttribute("org.apache.james.SMTPIsAuthNetwork", true));
        }
        session.getAttachment(ReadRequireTls.REQUESTED, State.Transaction)
                .ifPresent(required ->
                        mail.setAttribute(new Attribute(MailEnvelope.REQUIRE_TLS, AttributeValue.of(required))));
        DsnParameters.of(
                        session.getAttachment(DSNMailParameterHook.DSN_ENVID, State.Transaction),
                        session.getAttachment(DSNMailParameterHook.DSN_RET, State.Transaction),
                        RecipientWishes.of(session).asMap())
                .ifPresent(mail::setDsnParameters);
        return HookAnswer.pass();
    }

    private static void set(Mail mail, AttributeName name, String value) {
        mail.setAttribute(new Attribute(name, AttributeValue.of(value)));
    }
}
