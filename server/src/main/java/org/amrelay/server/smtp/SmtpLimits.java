// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.time.Duration;
import org.amrelay.mail.message.MessageLimits;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.util.Size;

/**
 * What one client may use of an SMTP server; the {@code <limits>} of {@code smtpserver.xml} (docs/decisions/0025).
 *
 * <p>Immutable.
 *
 * @param errors refused commands of one session before it is closed; refused recipients above the limit of recipients
 *     do not count, since a sender finds that limit only by meeting it
 * @param commandLine bytes of a command line with its line end (RFC 5321 §4.5.3.1.4 plus the extensions' parameters)
 * @param textLine bytes of a line of a message without its line end
 * @param message structure of a message
 * @param memoryPerMessage bytes of one message held in memory; the rest goes to a file
 * @param idle without any byte, or without a complete command
 * @param data for one whole message
 * @param write while the client takes nothing of what we say
 * @param store between the final dot and the reply
 * @param handshake for a TLS handshake
 */
record SmtpLimits(
        int errors,
        int commandLine,
        int textLine,
        MessageLimits message,
        int memoryPerMessage,
        Duration idle,
        Duration data,
        Duration write,
        Duration store,
        Duration handshake) {
    static SmtpLimits usual() {
        return new SmtpLimits(
                20,
                2048,
                64 * 1024,
                MessageLimits.usual(),
                256 * 1024,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }

    /** Reads what is there and takes {@link #usual} for the rest. */
    static SmtpLimits read(HierarchicalConfiguration<ImmutableNode> server) {
        SmtpLimits usual = usual();
        MessageLimits message = usual.message();
        return new SmtpLimits(
                server.getInt("limits.errors", usual.errors()),
                server.getInt("limits.commandLine", usual.commandLine()),
                size(server, "limits.textLine", usual.textLine()),
                new MessageLimits(
                        server.getInt("limits.headerFields", message.headerFields()),
                        size(server, "limits.headerSize", message.headerBytes()),
                        server.getInt("limits.receivedFields", message.receivedFields()),
                        server.getInt("limits.mimeDepth", message.depth()),
                        server.getInt("limits.mimeParts", message.parts())),
                size(server, "limits.memoryPerMessage", usual.memoryPerMessage()),
                seconds(server, "connectiontimeout", usual.idle()),
                seconds(server, "limits.dataSeconds", usual.data()),
                seconds(server, "limits.writeSeconds", usual.write()),
                seconds(server, "limits.storeSeconds", usual.store()),
                seconds(server, "limits.handshakeSeconds", usual.handshake()));
    }

    private static int size(HierarchicalConfiguration<ImmutableNode> server, String key, int usual) {
        String text = server.getString(key, "");
        return text.isEmpty() ? usual : Math.toIntExact(Size.parse(text).asBytes());
    }

    private static Duration seconds(HierarchicalConfiguration<ImmutableNode> server, String key, Duration usual) {
        return Duration.ofMillis(Math.round(server.getDouble(key, usual.toMillis() / 1000.0) * 1000));
    }
}
