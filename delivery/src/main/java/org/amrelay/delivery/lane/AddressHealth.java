// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which addresses could not be reached, so that a dead first host does not cost every connection its time-out.
 *
 * <p>Such an address is put aside: others are tried first. When its time is over one attempt probes it, while for all
 * others it stays aside; a probe that fails puts it aside for twice as long. For the engine's thread.
 */
final class AddressHealth {
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofMinutes(16);

    /** A probe that nobody has heard of for so long was not made after all, as an earlier host took the mail. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private record Aside(Instant until, Duration pause) {}

    private final InstantSource clock;
    private final Map<InetSocketAddress, Aside> aside = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Aside> eldest) {
            return size() > MOST;
        }
    };

    AddressHealth(InstantSource clock) {
        this.clock = clock;
    }

    void failed(InetSocketAddress address) {
        Instant now = clock.instant();
        Aside before = aside.remove(address);
        // Attempts that were under way when the first one failed say nothing new
        boolean again = before != null && !now.isBefore(before.until().minus(PROBE));
        Duration pause = before == null ? FIRST : again ? doubled(before.pause()) : before.pause();
        aside.put(address, new Aside(now.plus(pause), pause));
    }

    private static Duration doubled(Duration pause) {
        return pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    }

    void worked(InetSocketAddress address) {
        aside.remove(address);
    }

    /** Whether others are to be tried first. The one who is told otherwise after a failure is the probe. */
    boolean isAside(InetSocketAddress address) {
        Aside state = aside.get(address);
        if (state == null) {
            return false;
        }
        if (clock.instant().isBefore(state.until())) {
            return true;
        }
        aside.put(address, new Aside(clock.instant().plus(PROBE), state.pause()));
        return false;
    }
}
