// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.time.Duration;
import java.util.List;
import org.amrelay.authentication.limit.BanPolicy;
import org.amrelay.authentication.limit.ClientNetwork;
import org.amrelay.mail.settings.Parameter;

/** The section {@code bans} of {@code conf/accounts.yaml}. Immutable. */
public record BanSettings(
        @Parameter(
                description = "how long a network is kept out that failed to log in 20 times within 10 minutes; "
                        + "twice as long each time",
                defaultsTo = "10m")
        Duration first,

        @Parameter(description = "no ban is longer", defaultsTo = "7d")
        Duration longest,

        @Parameter(description = "so long after its end a ban counts as one before", defaultsTo = "30d")
        Duration remembered,

        @Parameter(
                description = "networks that are never banned, such as 192.0.2.0/24",
                defaultsTo = "127.0.0.0/8, ::1")
        List<String> never) {
    public BanSettings {
        never = List.copyOf(never);
        never.forEach(BanSettings::network);
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("'longest' is shorter than 'first'");
        }
    }

    private static ClientNetwork network(String text) {
        return ClientNetwork.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'never' has '" + text + "', which is no network"));
    }

    BanPolicy policy() {
        return new BanPolicy(
                first,
                longest,
                remembered,
                never.stream().map(BanSettings::network).toList());
    }
}
