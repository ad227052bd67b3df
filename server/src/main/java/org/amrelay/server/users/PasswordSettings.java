// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import org.amrelay.authentication.sasl.ScramKeys;
import org.amrelay.mail.settings.Parameter;

/** The section {@code passwords} of {@code conf/accounts.yaml}. Immutable. */
public record PasswordSettings(
        @Parameter(
                description =
                        "work factor of the keys for SCRAM-SHA-256 of new passwords; 0 keeps none and does not offer it",
                defaultsTo = "100000")
        int scramIterations,

        @Parameter(
                description = "whether SCRAM-SHA-256-PLUS is offered, for clients that bind with tls-server-end-point",
                defaultsTo = "false")
        boolean scramPlus) {
    public PasswordSettings {
        if (scramIterations != 0 && (scramIterations < ScramKeys.LEAST_ITERATIONS || scramIterations > 10_000_000)) {
            throw new IllegalArgumentException(
                    "'scramIterations' is 0 or from " + ScramKeys.LEAST_ITERATIONS + " to 10000000");
        }
    }
}
