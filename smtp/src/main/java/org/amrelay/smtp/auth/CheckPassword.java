// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import javax.inject.Inject;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.reply.Reply;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

/**
 * Lets a client in whose password is that of the account (RFC 4954 §4).
 *
 * <p>The answer to an unknown account and to a wrong password is the same. Blocks while the password is hashed, so it
 * is never called on an event loop. Safe for several sessions.
 */
public final class CheckPassword extends RelayHook<CheckPassword.Settings> implements AuthHook {
    public record Settings() {}

    private static final Reply WRONG = Reply.of(535, "5.7.8", "authentication failed");
    private static final Reply LATER = Reply.of(454, "4.7.0", "cannot check passwords now, try again later");

    private final UsersRepository users;

    @Inject
    public CheckPassword(UsersRepository users) {
        this.users = users;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username account, String password) {
        return answer(session, () -> {
            try {
                if (!users.test(account, password)) {
                    return HookAnswer.refuse(WRONG, "unknown account or wrong password from " + client(session));
                }
            } catch (UsersRepositoryException unknown) {
                return HookAnswer.refuse(LATER, String.valueOf(unknown.getCause()));
            }
            session.setUsername(account);
            session.setRelayingAllowed(true);
            return HookAnswer.accept();
        });
    }

    private static String client(SMTPSession session) {
        return session.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String token) {
        return HookResult.DECLINED;
    }
}
