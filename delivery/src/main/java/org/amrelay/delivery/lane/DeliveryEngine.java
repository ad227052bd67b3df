// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.shaping.SiteNames;
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
    private final Set<Flow> changed = ConcurrentHashMap.newKeySet();

    /**
     * Starts nothing yet; with no limits but those of the settings.
     *
     * @param random for the order among equal hosts and the jitter of retries
     */
    public DeliveryEngine(
            DeliverySettings settings, DeliveryStore store, Dns dns, InstantSource clock, RandomGenerator random) {
        this(settings, store, dns, new RouteBooks(RouteBook.empty()), clock, random);
    }

    /** The same with routes, without rules for sites and policies of destinations. */
    public DeliveryEngine(
            DeliverySettings settings,
            DeliveryStore store,
            Dns dns,
            RouteBooks routes,
            InstantSource clock,
            RandomGenerator random) {
        this(
                settings,
                Rules.of(routes, Shaping.open(ShapingRules.none(), ShapingMemory.none(), clock.instant())),
                store,
                dns,
                clock,
                random);
    }

    /**
     * What the engine follows beyond its settings.
     *
     * @param routes what the routes of queued mail mean
     * @param shaping rules for sites; belongs to the engine from now on
     * @param adviser says what each destination's TLS must reach
     */
    public record Rules(RouteBooks routes, Shaping shaping, TlsAdviser adviser) {
        /** Without policies of destinations. */
        public static Rules of(RouteBooks routes, Shaping shaping) {
            return new Rules(routes, shaping, TlsAdviser.routesOnly());
        }
    }

    /**
     * Starts nothing yet.
     *
     * @param random for the order among equal hosts, shares by weight and the jitter of retries
     */
    public DeliveryEngine(
            DeliverySettings settings,
            Rules rules,
            DeliveryStore store,
            Dns dns,
            InstantSource clock,
            RandomGenerator random) {
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
                new HostFinder(
                        dns,
                        settings,
                        rules.routes(),
                        rules.adviser(),
                        new TlsWaiver(blocking),
                        random,
                        clock,
                        executor),
                new SiteFinder(
                        dns,
                        rules.routes(),
                        new SiteNames(rules.shaping().rules().sites()),
                        executor),
                rules.routes(),
                rules.shaping(),
                new Reporter(store, settings, clock, random, executor, blocking),
                blocking);
    }

    /** Starts threads and takes up what waits in the store. */
    public void start() {
        store.onChange(this::wake);
        long poll = settings.limits().poll().toMillis();
        executor.scheduleWithFixedDelay(lanes::tick, 0, Math.max(1, poll), TimeUnit.MILLISECONDS);
    }

    /** Many changes of one flow before its turn are one change. */
    private void wake(Flow flow) {
        if (stopping.get() || !changed.add(flow)) {
            return;
        }
        try {
            executor.execute(() -> {
                changed.remove(flow);
                lanes.wake(flow);
            });
        } catch (RejectedExecutionException e) {
            // Stopped in this very moment; the store knows of the change
            changed.remove(flow);
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

    /** How each site stands; blocks for the store's list of lanes, then asks the engine's thread. */
    public CompletionStage<List<SiteReport>> sites() {
        if (stopping.get()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Map<NextHop, Long> waiting = new HashMap<>();
        store.lanes().forEach(lane -> waiting.put(lane.nextHop(), lane.waiting()));
        return CompletableFuture.supplyAsync(() -> lanes.sites().reports(waiting), executor);
    }

    /** The name of a next hop's site, as far as the engine has met it. */
    public CompletionStage<Optional<String>> siteOf(NextHop nextHop) {
        return stopping.get()
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.supplyAsync(() -> lanes.sites().siteOf(nextHop), executor);
    }

    /** The settings it runs with. */
    public DeliverySettings settings() {
        return settings;
    }
}
