// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.util.Optional;

/**
 * The relay cannot start because of something the operator can put right.
 *
 * <p>The message is one line for people: what is wrong, where, and what to do about it. It never carries a secret.
 */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }

    /** Finds the refusal among the causes of what a container threw. */
    public static Optional<StartRefused> among(Throwable thrown) {
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < 50; depth++) {
            if (current instanceof StartRefused refused) {
                return Optional.of(refused);
            }
            current = current.getCause();
        }
        return Optional.empty();
    }
}
