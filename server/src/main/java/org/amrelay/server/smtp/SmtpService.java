// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.netty.SmtpMetrics;

/**
 * What all connections of one server share, looked up once so that no message searches the handler chain.
 *
 * @param dispatcher of command lines
 * @param commandsMayBlock whether a hook of a command or of the connection may wait
 * @param workers for everything that may block
 * @param spillDirectory for messages that are too large for memory
 */
record SmtpService(
        SMTPProtocol protocol,
        LineHandler<SMTPSession> dispatcher,
        List<ConnectHandler<SMTPSession>> connectHandlers,
        List<DisconnectHandler<SMTPSession>> disconnectHandlers,
        boolean commandsMayBlock,
        Supplier<Optional<Encryption>> encryption,
        SmtpLimits limits,
        long largestMessage,
        MemoryBudget memory,
        Path spillDirectory,
        Executor workers,
        ConnectionCounts connections,
        SmtpMetrics metrics,
        Clock clock) {
    /** What the client hears first: the last handler's word, or that of the one that ends the session. */
    Response greet(SMTPSession session) {
        Response last = Replies.of(421, "4.3.0", "no greeting is configured");
        for (ConnectHandler<SMTPSession> handler : connectHandlers) {
            Response response = handler.onConnect(session);
            if (response != null) {
                last = response;
                if (response.isEndSession()) {
                    return last;
                }
            }
        }
        return last;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // James' chain hands handlers out by their raw type
    static List<ConnectHandler<SMTPSession>> connectHandlers(ProtocolHandlerChain chain) {
        return List.copyOf((List) chain.getHandlers(ConnectHandler.class));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // as above
    static List<DisconnectHandler<SMTPSession>> disconnectHandlers(ProtocolHandlerChain chain) {
        return List.copyOf((List) chain.getHandlers(DisconnectHandler.class));
    }

    @SuppressWarnings("unchecked") // as above
    static LineHandler<SMTPSession> dispatcher(ProtocolHandlerChain chain) {
        return chain.getFirstHandler(LineHandler.class)
                .orElseThrow(() -> new IllegalStateException("the handler chain has no command dispatcher"));
    }

    static boolean commandsMayBlock(ProtocolHandlerChain chain) {
        return mayBlock(chain, HeloHook.class)
                || mayBlock(chain, MailHook.class)
                || mayBlock(chain, MailParametersHook.class)
                || mayBlock(chain, RcptHook.class);
    }

    private static boolean mayBlock(ProtocolHandlerChain chain, Class<?> kind) {
        return !chain.getHandlers(kind).stream().allMatch(DoesNotBlock::isSaidBy);
    }
}
