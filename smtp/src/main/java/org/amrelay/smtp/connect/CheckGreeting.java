// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.connect;

import java.net.InetAddress;
import java.util.Optional;
import org.amrelay.authentication.client.Greeting;
import org.amrelay.james.ClientScore;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Looks at how a client greets: a full name, an address of its own in brackets, and never our name (RFC 5321 §4.1.1.1).
 *
 * <p>Looks nothing up. Correct servers are sometimes set up badly, so by default a flaw only costs points. Safe for
 * several sessions, does not block.
 */
public final class CheckGreeting extends RelayHook<CheckGreeting.Settings>
        implements HeloHook, JamesMessageHook, DoesNotBlock {
    public record Settings(
            @Parameter(description = "whether a client with a flaw is refused (550 5.7.1)", defaultsTo = "false")
            boolean refuse,

            @Parameter(description = "points for a flaw, see the matcher ClientScoreAbove", defaultsTo = "1")
            double points) {}

    @Override
    public HookResult doHelo(SMTPSession session, String helo) {
        return answer(
                session,
                () -> flaw(session, helo)
                        .filter(flaw -> settings().refuse())
                        .map(flaw -> HookAnswer.refuse(Reply.of(550, "5.7.1", "your greeting is refused"), flaw))
                        .orElseGet(HookAnswer::pass));
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return answer(session, () -> {
            session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                    .flatMap(helo -> flaw(session, helo))
                    .ifPresent(flaw -> ClientScore.add(settings().points(), flaw, mail));
            return HookAnswer.pass();
        });
    }

    private static Optional<String> flaw(SMTPSession session, String helo) {
        InetAddress client = session.getRemoteAddress().getAddress();
        return session.isRelayingAllowed() || client.isLoopbackAddress()
                ? Optional.empty()
                : new Greeting(helo).flaw(client, session.getConfiguration().getHelloName());
    }
}
