// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;

/**
 * Makes guessing passwords slow: failures of one client network (IPv4 address, IPv6 /64) are counted over a window.
 *
 * <p>After the window's failures are used up the network waits until the window ends; before, each failure costs a
 * delay that doubles. A success forgets nothing, or one known account would pay for guesses at others. Holds at most
 * 100,000 networks. Who uses up a window is told to the {@link BanBook}. Safe for several threads; blocks only for that.
 */
@Singleton
public final class AuthenticationThrottle {
    private static final int FAILURES_PER_WINDOW = 20;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(8);
    private static final int NETWORKS = 100_000;

    private final Clock clock;
    private final Duration firstDelay;
    private final BanBook bans;
    private final Cache<String, Failures> byNetwork =
            CacheBuilder.newBuilder().maximumSize(NETWORKS).build();

    private record Failures(int count, Instant since) {}

    @Inject
    public AuthenticationThrottle(Clock clock, BanBook bans) {
        this(clock, FIRST_DELAY, bans);
    }

    public AuthenticationThrottle(Clock clock) {
        this(clock, FIRST_DELAY);
    }

    /** @param firstDelay what the first failure costs */
    public AuthenticationThrottle(Clock clock, Duration firstDelay) {
        this(clock, firstDelay, new NoBans());
    }

    /** @param bans told when a window's failures are used up */
    public AuthenticationThrottle(Clock clock, Duration firstDelay, BanBook bans) {
        this.clock = clock;
        this.firstDelay = firstDelay;
        this.bans = bans;
    }

    /** Whether this client has to wait before it may try again. */
    public boolean isBlocked(InetAddress client) {
        return bans.bannedUntil(client).isPresent()
                || current(network(client))
                        .filter(f -> f.count() >= FAILURES_PER_WINDOW)
                        .isPresent();
    }

    /** Counts a failure; the answer to it is given no earlier than after the delay. */
    public Duration failed(InetAddress client) {
        String network = network(client);
        Failures now = byNetwork
                .asMap()
                .merge(
                        network,
                        new Failures(1, clock.instant()),
                        (before, one) -> isOver(before) ? one : new Failures(before.count() + 1, before.since()));
        if (now.count() == FAILURES_PER_WINDOW) {
            bans.failedTooOften(client);
        }
        Duration delay = firstDelay.multipliedBy(1L << Math.min(now.count() - 1, 3));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    private Optional<Failures> current(String network) {
        return Optional.ofNullable(byNetwork.getIfPresent(network)).filter(f -> !isOver(f));
    }

    private boolean isOver(Failures failures) {
        return clock.instant().isAfter(failures.since().plus(WINDOW));
    }

    private static String network(InetAddress client) {
        byte[] bytes = client.getAddress();
        return Arrays.toString(client instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
