// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.authentication.limit.Ban;
import org.amrelay.authentication.limit.BanPolicy;
import org.amrelay.authentication.limit.ClientNetwork;
import org.amrelay.smtp.auth.BanBook;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.StoredBan;
import org.amrelay.storage.failure.StorageUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bans that a restart does not lift. Safe for several threads; {@link #failedTooOften} blocks on the storage. */
public final class StoredBans implements BanBook {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBans.class);

    private final Bans bans;
    private final BanPolicy policy;
    private final Clock clock;

    @Inject
    public StoredBans(Bans bans, AccountRules rules, Clock clock) {
        this.bans = bans;
        this.policy = rules.bans().policy();
        this.clock = clock;
    }

    private static Ban ban(StoredBan stored) {
        return new Ban(stored.network(), stored.since(), stored.until(), stored.number());
    }

    @Override
    public Optional<Instant> bannedUntil(InetAddress client) {
        return bans.find(ClientNetwork.of(client).toString())
                .map(StoredBans::ban)
                .filter(ban -> ban.holdsAt(clock.instant()))
                .map(Ban::until);
    }

    @Override
    public void failedTooOften(InetAddress client) {
        Instant now = clock.instant();
        Optional<Ban> before = bans.find(ClientNetwork.of(client).toString()).map(StoredBans::ban);
        policy.next(client, before, now).ifPresent(ban -> put(ban, now));
    }

    private void put(Ban ban, Instant now) {
        try {
            bans.put(
                    new StoredBan(ban.network(), ban.since(), ban.until(), ban.number()),
                    now.minus(policy.remembered()));
            LOG.warn(
                    "{} failed to log in too often and is banned until {}, for the {}. time",
                    ban.network(),
                    ban.until(),
                    ban.number());
        } catch (StorageUnavailable unavailable) {
            // The throttle holds the client back meanwhile
            LOG.warn("cannot ban {}: {}", ban.network(), unavailable.getMessage());
        }
    }
}
