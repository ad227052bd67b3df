// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.util.List;
import org.amrelay.authentication.sasl.SaslExchange;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * A way to log in beside PLAIN and LOGIN, added to a port by its line in {@code smtpserver.xml}.
 *
 * <p>Asked inside TLS only. Safe for several sessions.
 */
public interface SaslMechanism extends ProtocolHandler {
    /** The names that this session may choose from; looks at the session, never at the disk. */
    List<String> offered(SMTPSession session);

    /** Begins an attempt with one of these names; its steps run where they may block. */
    SaslExchange start(SMTPSession session, String name);
}
