// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Optional;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;

/** The bearer token of the admin API; never printed, not even by {@link #toString()}. */
public final class AdminToken {
    private static final String SCHEME = "Bearer ";

    private final String secret;

    private AdminToken(String secret) {
        this.secret = secret;
    }

    /** Reads the token of a home. */
    public static AdminToken of(Home home) {
        try {
            String secret =
                    Files.readString(home.adminToken(), StandardCharsets.UTF_8).strip();
            if (secret.length() < 16) {
                throw new StartRefused(home.adminToken() + " is too short for a token; remove it and start again");
            }
            return new AdminToken(secret);
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "the admin token " + home.adminToken() + " cannot be read; run this as its owner", unreadable);
        }
    }

    /** The value of the Authorization header that opens the door. */
    String header() {
        return SCHEME + secret;
    }

    /** Whether the header opens the door; takes as long for a near miss as for a far one. */
    boolean accepts(Optional<String> header) {
        return header.filter(value -> MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), header().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    @Override
    public String toString() {
        return "AdminToken[…]";
    }
}
