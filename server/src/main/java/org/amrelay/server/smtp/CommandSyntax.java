// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.protocols.api.Response;

/**
 * What is wrong with a line before anybody asks which command it is: bytes beyond ASCII and control characters.
 *
 * <p>SMTPUTF8 is not offered, so an address in UTF-8 is refused and never reduced to question marks (RFC 6531 §3.5).
 * Stateless.
 */
final class CommandSyntax {
    private CommandSyntax() {}

    /** Empty when the line may be given to a command handler. */
    static Optional<Response> check(byte[] line) {
        for (byte b : line) {
            if (b < 0) {
                return Optional.of(
                        hasAddress(line)
                                ? Replies.of(553, "5.6.7", "addresses beyond ASCII are not supported")
                                : Replies.of(501, "5.5.2", "commands are ASCII"));
            }
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                return Optional.of(Replies.of(501, "5.5.2", "control character in the command"));
            }
        }
        return Optional.empty();
    }

    private static boolean hasAddress(byte[] line) {
        String verb =
                new String(line, 0, Math.min(4, line.length), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        return verb.equals("MAIL") || verb.equals("RCPT");
    }
}
