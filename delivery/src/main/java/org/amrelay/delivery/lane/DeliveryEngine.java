// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.mail.dns.Dns;

/**
 * Takes deliveries out of the store, brings them to their next hops and reports what came of it.
 *
 * <p>Started once and stopped once. All methods are safe for several threads and do not block.
 */
public final class DeliveryEngine {
    private final DeliverySettings settings;
    private final DeliveryStore store;

    /**
     * Starts nothing yet.
     *
     * @param random for the order among equal hosts and the jitter of retries
     */
    public DeliveryEngine(
            DeliverySettings settings, DeliveryStore store, Dns dns, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.store = store;
    }

    /** Starts threads and takes up what waits in the store. */
    public void start() {
        store.onChange(nextHop -> {});
    }

    /**
     * Takes nothing new, lets running conversations end, closes connections and threads.
     *
     * @param limit what is not done then is cut off: undecided deliveries stay queued, those past the final dot are in
     *     doubt
     * @return completes when nothing of the engine runs any more
     */
    public CompletionStage<Void> stop(Duration limit) {
        return CompletableFuture.completedFuture(null);
    }

    /** What each lane does; asks the engine's thread. */
    public CompletionStage<List<LaneReport>> lanes() {
        return CompletableFuture.completedFuture(List.of());
    }

    /** The settings it runs with. */
    public DeliverySettings settings() {
        return settings;
    }
}
