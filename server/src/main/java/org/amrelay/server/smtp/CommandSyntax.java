// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.protocols.api.Response;

/**
 * What is wrong with a line before anybody asks which command it is: bytes beyond ASCII and control characters.
 *
 * <p>Only MAIL and RCPT may have characters beyond ASCII, in UTF-8 (RFC 6531 §3.3); they decide by themselves where.
 * Stateless.
 */
final class CommandSyntax {
    private CommandSyntax() {}

    /** Empty when the line may be given to a command handler. */
    static Optional<Response> check(byte[] line) {
        boolean ascii = true;
        for (byte b : line) {
            ascii &= b >= 0;
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                return Optional.of(Replies.of(501, "5.5.2", "control character in the command"));
            }
        }
        if (ascii) {
            return Optional.empty();
        }
        if (!hasAddress(line)) {
            return Optional.of(Replies.of(501, "5.5.2", "commands are ASCII"));
        }
        return isUtf8(line) ? Optional.empty() : Optional.of(Replies.of(553, "5.6.7", "addresses are in UTF-8"));
    }

    private static boolean isUtf8(byte[] line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean hasAddress(byte[] line) {
        String verb =
                new String(line, 0, Math.min(4, line.length), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        return verb.equals("MAIL") || verb.equals("RCPT");
    }
}
