// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.client.SmtpClient;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tlspolicy.TlsAdviser;
import org.amrelay.mail.dns.Dns;

/**
 * Takes deliveries out of the store, brings them to their next hops and reports what came of it.
 *
 * <p>Started once and stopped once. All methods are safe for several threads and do not block. Owns its threads: one for
 * the lanes, the settings' number of event loops, and a few for reading messages that are not in memory.
 */
public final class DeliveryEngine {
    private static final int BLOCKING_THREADS = 4;

    private final DeliverySettings settings;
    private final DeliveryStore store;
    private final EventExecutor executor = new DefaultEventExecutor(new DefaultThreadFactory("delivery-lanes", true));
    private final EventLoopGroup loops;
    private final ExecutorService blocking =
            Executors.newFixedThreadPool(BLOCKING_THREADS, new DefaultThreadFactory("delivery-blocking", true));
    private final Lanes lanes;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Set<NextHop> changed = ConcurrentHashMap.newKeySet();

    /**
     * Starts nothing yet.
     *
     * @param random for the order among equal hosts and the jitter of retries
     */
    public DeliveryEngine(
            DeliverySettings settings, DeliveryStore store, Dns dns, InstantSource clock, RandomGenerator random) {
        this(settings, store, dns, clock, random, TlsAdviser.routesOnly());
    }

    /**
     * The same with policies of destinations.
     *
     * @param adviser says what each of them must reach
     */
    public DeliveryEngine(
            DeliverySettings settings,
            DeliveryStore store,
            Dns dns,
            InstantSource clock,
            RandomGenerator random,
            TlsAdviser adviser) {
        this.settings = settings;
        this.store = store;
        this.loops = new NioEventLoopGroup(settings.threads(), new DefaultThreadFactory("delivery-smtp", true));
        SmtpClient client =
                new SmtpClient(settings.hostname(), settings.timeouts(), ClientTls.ofJavaRuntime(), loops, blocking);
        this.lanes = new Lanes(
                settings,
                store,
                clock,
                executor,
                client,
                new HostFinder(dns, settings, adviser, new TlsWaiver(blocking), random, executor),
                new Reporter(store, settings, clock, random, executor, blocking));
    }

    /** Starts threads and takes up what waits in the store. */
    public void start() {
        store.onChange(this::wake);
        long poll = settings.limits().poll().toMillis();
        executor.scheduleWithFixedDelay(lanes::tick, 0, Math.max(1, poll), TimeUnit.MILLISECONDS);
    }

    /** Many changes of one lane before its turn are one change. */
    private void wake(NextHop nextHop) {
        if (stopping.get() || !changed.add(nextHop)) {
            return;
        }
        try {
            executor.execute(() -> {
                changed.remove(nextHop);
                lanes.wake(nextHop);
            });
        } catch (RejectedExecutionException e) {
            // Stopped in this very moment; the store knows of the change
            changed.remove(nextHop);
        }
    }

    /**
     * Takes nothing new, lets running conversations end, closes connections and threads.
     *
     * @param limit what is not done then is cut off: undecided deliveries stay queued, those past the final dot are in
     *     doubt
     * @return completes when nothing of the engine runs any more; the same for every call
     */
    public CompletionStage<Void> stop(Duration limit) {
        if (stopping.compareAndSet(false, true)) {
            executor.execute(() -> new Stopping(lanes, executor, loops, blocking, stopped).begin(limit));
        }
        return stopped;
    }

    /** What each lane does; asks the engine's thread. Nothing once the engine stops. */
    public CompletionStage<List<LaneReport>> lanes() {
        return stopping.get()
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(lanes::reports, executor);
    }

    /** The settings it runs with. */
    public DeliverySettings settings() {
        return settings;
    }
}
