// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amrelay.authentication.containment.ContainmentSettings;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.settings.Parameter;

/** The section {@code containment} of {@code conf/accounts.yaml}. Immutable. */
public record ContainmentRules(
        @Parameter(
                description = "whether the mail of an account is held that suddenly sends what it never sends",
                defaultsTo = "true")
        boolean enabled,

        @Parameter(description = "how suspicious to be, 0.1 to 10: with 2, half the signals do", defaultsTo = "1")
        double sensitivity,

        @Parameter(
                description = "recipients a day that an account without habits may have before that counts as a burst",
                defaultsTo = "200")
        int burst,

        @Parameter(description = "how old an account has to be before its own habits count", defaultsTo = "10d")
        Duration learning,

        @Parameter(description = "on how many days it has to have sent before they count", defaultsTo = "5")
        int activeDays,

        @Parameter(description = "accounts that are never held by the relay itself", defaultsTo = "")
        Set<String> never,

        @Parameter(description = "address that is told; empty: the postmaster of this relay", defaultsTo = "")
        String tell) {
    public ContainmentRules {
        never = never.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (!tell.isBlank() && EmailAddress.parse(tell).isEmpty()) {
            throw new IllegalArgumentException("'tell' is '" + tell + "', which is no address");
        }
        settings(enabled, sensitivity, burst, learning, activeDays, never);
    }

    private static ContainmentSettings settings(
            boolean enabled, double sensitivity, int burst, Duration learning, int activeDays, Set<String> never) {
        return new ContainmentSettings(enabled, sensitivity, burst, learning, activeDays, never);
    }

    public ContainmentSettings settings() {
        return settings(enabled, sensitivity, burst, learning, activeDays, never);
    }

    /** Who is told; empty for the postmaster. */
    public Optional<EmailAddress> told() {
        return EmailAddress.parse(tell);
    }
}
