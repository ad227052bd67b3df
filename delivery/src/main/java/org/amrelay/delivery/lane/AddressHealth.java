// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers for a while which addresses could not be reached, so that a dead first exchanger does not cost every
 * connection its time-out. For the engine's thread.
 */
final class AddressHealth {
    private static final Duration ASIDE = Duration.ofMinutes(2);
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<InetSocketAddress, Instant> aside = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Instant> eldest) {
            return size() > MOST;
        }
    };

    AddressHealth(InstantSource clock) {
        this.clock = clock;
    }

    void failed(InetSocketAddress address) {
        aside.put(address, clock.instant().plus(ASIDE));
    }

    void worked(InetSocketAddress address) {
        aside.remove(address);
    }

    boolean isAside(InetSocketAddress address) {
        Instant until = aside.get(address);
        return until != null && clock.instant().isBefore(until);
    }
}
