// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * The reply 354, after which the connection reads a message and gives it to the receiver.
 *
 * @param receiver of the message
 */
record DataReady(Receiver receiver) implements Response {
    /** Takes a complete message. */
    interface Receiver {
        /** Whether {@link #receive} may block and so needs a thread of the pool. */
        boolean mayBlock();

        /**
         * Stores the message or says why not; never fails.
         *
         * @param workers for what comes after a wait and may block
         * @return completed on any thread when the message is safe or refused; completing it from outside gives up
         *     waiting
         */
        CompletableFuture<Response> receive(SMTPSession session, String name, MessageContent content, Executor workers);
    }

    @Override
    public String getRetCode() {
        return "354";
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of("354 go ahead, end with <CRLF>.<CRLF>");
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
