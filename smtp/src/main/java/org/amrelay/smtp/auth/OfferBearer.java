// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.util.List;
import javax.inject.Inject;
import org.amrelay.authentication.sasl.BearerExchange;
import org.amrelay.authentication.sasl.SaslExchange;
import org.apache.james.protocols.smtp.SMTPSession;

/** OAUTHBEARER (RFC 7628) and XOAUTH2, when an issuer is configured. Safe for several sessions. */
public final class OfferBearer implements SaslMechanism {
    private static final String STANDARD = "OAUTHBEARER";

    private final BearerLogins logins;

    @Inject
    public OfferBearer(BearerLogins logins) {
        this.logins = logins;
    }

    @Override
    public List<String> offered(SMTPSession session) {
        return logins.areTaken() ? List.of(STANDARD, "XOAUTH2") : List.of();
    }

    @Override
    public SaslExchange start(SMTPSession session, String name) {
        return new BearerExchange(name.equals(STANDARD), logins::judge, logins.hint());
    }
}
