// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.smtp.auth.AuthenticationThrottle;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StoredBansTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    @TempDir
    private Path directory;

    private StoredBans bans(RelayStorage storage, Instant now) throws Exception {
        Home home = TestHome.in(directory);
        Files.writeString(
                home.conf().resolve("accounts.yaml"), "bans:\n  first: 5m\n  never: \"203.0.113.0/24, ::1\"\n");
        return new StoredBans(storage.bans(), AccountRules.read(home, Map.of()), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static void failToLogIn(StoredBans bans, Instant now, InetAddress client) {
        AuthenticationThrottle throttle =
                new AuthenticationThrottle(Clock.fixed(now, ZoneOffset.UTC), Duration.ZERO, bans);
        for (int i = 0; i < 20; i++) {
            throttle.failed(client);
        }
        assertThat(throttle.isBlocked(client)).isTrue();
    }

    @Test
    void bansGrowAndSurviveARestart(RelayStorage storage) throws Exception {
        InetAddress client = InetAddress.getByName("192.0.2.1");
        failToLogIn(bans(storage, START), START, client);
        Instant end = START.plus(Duration.ofMinutes(5));
        RelayStorage again = temporary.reopen();
        assertThat(bans(again, end.minusMillis(1)).bannedUntil(client)).contains(end);
        assertThat(bans(again, end.minusMillis(1)).bannedUntil(InetAddress.getByName("192.0.2.2")))
                .isEmpty();
        assertThat(bans(again, end).bannedUntil(client)).isEmpty();
        failToLogIn(bans(again, end), end, client);
        assertThat(bans(again, end).bannedUntil(client)).contains(end.plus(Duration.ofMinutes(10)));
    }

    @Test
    void theWholeNetworkOfAnIpv6CustomerIsBanned(RelayStorage storage) throws Exception {
        failToLogIn(bans(storage, START), START, InetAddress.getByName("2001:db8:1:2::1"));
        assertThat(bans(storage, START).bannedUntil(InetAddress.getByName("2001:db8:1:2:ffff::9")))
                .isPresent();
        assertThat(storage.bans().all())
                .singleElement()
                .satisfies(ban -> assertThat(ban.network()).isEqualTo("2001:db8:1:2:0:0:0:0/64"));
    }

    @Test
    void neverBansWhoIsAllowed(RelayStorage storage) throws Exception {
        failToLogIn(bans(storage, START), START, InetAddress.getByName("203.0.113.7"));
        assertThat(storage.bans().all()).isEmpty();
    }
}
