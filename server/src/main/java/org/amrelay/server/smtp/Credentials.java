// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.james.core.Username;

/** What a client gave to authenticate with; its text form never shows it. Immutable. */
final class Credentials {
    private final String actsFor;
    private final String name;
    private final String password;

    /** @param actsFor the identity to act as; empty for the own one */
    Credentials(String actsFor, String name, String password) {
        this.actsFor = actsFor;
        this.name = name;
        this.password = password;
    }

    /** Reads the answer to PLAIN: {@code actsFor NUL name NUL password} in base64 (RFC 4616 §2). */
    static Optional<Credentials> plain(String base64) {
        return decode(base64)
                .map(text -> text.split("\0", -1))
                .filter(parts -> parts.length == 3 && !parts[1].isEmpty())
                .map(parts -> new Credentials(parts[0], parts[1], parts[2]));
    }

    /** Reads base64 of UTF-8; {@code =} stands for nothing (RFC 4954 §4). */
    static Optional<String> decode(String base64) {
        if (base64.equals("=")) {
            return Optional.of("");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Base64 of UTF-8. */
    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether nobody else's identity is asked for. */
    boolean areForOneself() {
        return actsFor.isEmpty() || actsFor.equals(name);
    }

    /** Empty when no account can have such a name. */
    Optional<Username> account() {
        try {
            return Optional.of(Username.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String password() {
        return password;
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
