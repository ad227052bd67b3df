// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.connect;

import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * Greets a client with the server's name and no version (RFC 5321 §4.2, §7.5).
 *
 * <p>Safe for several sessions, does not block.
 */
public final class GreetClient implements ConnectHandler<SMTPSession>, DoesNotBlock {
    @Override
    public Response onConnect(SMTPSession session) {
        return new SMTPResponse("220", session.getConfiguration().getHelloName() + " ESMTP Active Mail Relay");
    }
}
