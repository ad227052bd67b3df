// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.amrelay.delivery.client.SmtpClient;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.queue.Cancellation;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.Flow;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.retry.RetrySchedule;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.mail.reply.Reply;

/**
 * All lanes and sites that have something to do, and what they share.
 *
 * <p>A change in the store wakes its lane at once; the tick hears from the store what became due by time, and goes on where
 * a limit of time has passed. Neither looks at lanes that have nothing to do. For the engine's thread.
 */
final class Lanes implements LaneHost {
    private static final Fate NO_REASON = Fate.later(Reply.of(451, "4.3.0", "never tried"), "");
    private static final Reply NO_TURN = Reply.of(451, "4.4.5", "waits for a turn at its destination, none came yet");
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int TICKS_BETWEEN_SWEEPS = 40;
    private static final int MOST_CANCELLATIONS = 50;

    private final DeliverySettings settings;
    private final DeliveryStore store;
    private final InstantSource clock;
    private final EventExecutor executor;
    private final Reporter reporter;
    private final Executor blocking;
    private final Shaping shaping;
    private final ConnectionPool pool;
    private final AttemptTools tools;
    private final Patience patience;
    private final Map<NextHop, Lane> lanes = new HashMap<>();
    private final Sites sites;
    private final LinkedHashSet<Site> waitingForPermit = new LinkedHashSet<>();
    private final Set<Site> waitingForTime = new HashSet<>();
    private long overdueAfter;
    private boolean looksForOverdue;
    private int ticks;
    private int cancelling;
    private boolean stopping;
    private boolean cutOff;

    Lanes(
            DeliverySettings settings,
            DeliveryStore store,
            InstantSource clock,
            EventExecutor executor,
            SmtpClient client,
            HostFinder hosts,
            SiteFinder finder,
            RouteBooks routes,
            Shaping shaping,
            Reporter reporter,
            Executor blocking) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.reporter = reporter;
        this.blocking = blocking;
        this.shaping = shaping;
        this.sites = new Sites(this, settings.limits(), finder, shaping, executor);
        this.patience = new Patience(settings.retry(), routes, shaping.rules(), finder);
        this.pool = new ConnectionPool(
                executor, settings.limits(), () -> !waitingForPermit.isEmpty(), this::permitMayBeFree, hosts::routes);
        this.tools = new AttemptTools(client, hosts, pool, new AddressHealth(clock), settings.limits(), executor);
    }

    void wake(Flow flow) {
        if (!stopping) {
            lanes.computeIfAbsent(flow.nextHop(), this::open).wake(flow.party());
        }
    }

    private Lane open(NextHop nextHop) {
        Lane lane = new Lane(nextHop, this, settings.limits(), NO_REASON);
        sites.learn(lane);
        return lane;
    }

    /** Wakes what is due; now and then forgets what has nothing to do. */
    void tick() {
        if (stopping) {
            return;
        }
        Instant now = now();
        store.due(now).forEach(this::wake);
        List<Site> timed = List.copyOf(waitingForTime);
        waitingForTime.clear();
        for (Site site : timed) {
            site.pump();
            if (site.waitsForTime()) {
                waitingForTime.add(site);
            }
        }
        cancel(now);
        if (++ticks % TICKS_BETWEEN_SWEEPS == 0) {
            sweep(now);
            lookForOverdue(now);
        }
    }

    /** Mail that gets no turn at its site must be told as delayed, and must expire, all the same. */
    private void lookForOverdue(Instant now) {
        if (looksForOverdue) {
            return;
        }
        looksForOverdue = true;
        long after = overdueAfter;
        CompletableFuture.supplyAsync(
                        () -> store.overdue(after, waiting -> patience.isAtItsEnd(waiting, now)), blocking)
                .whenCompleteAsync(
                        (found, failure) -> {
                            looksForOverdue = false;
                            if (found != null) {
                                overdueAfter = found.next();
                                found.claimed().forEach(this::reportUntried);
                            }
                        },
                        executor);
    }

    private void reportUntried(QueuedDelivery delivery) {
        RetrySchedule schedule = patience.of(delivery.nextHop());
        boolean tried = delivery.attempts() > 0;
        List<Fate> fates = delivery.recipients().stream()
                .map(recipient -> Fate.later(tried ? recipient.lastReply().orElse(NO_TURN) : NO_TURN, ""))
                .toList();
        reporter.reportUntried(schedule.limit(delivery), fates, schedule);
    }

    private void cancel(Instant now) {
        if (cancelling > 0) {
            return;
        }
        for (Cancellation cancellation : store.cancelled(now, MOST_CANCELLATIONS)) {
            cancelling++;
            reporter.cancel(cancellation, () -> cancelling--);
        }
    }

    private void sweep(Instant now) {
        lanes.values().removeIf(lane -> lane.isForgettable(now, IDLE));
        sites.sweep(lanes.values(), now, IDLE);
    }

    private void permitMayBeFree() {
        if (!waitingForPermit.isEmpty()) {
            executor.execute(this::serveWaiting);
        }
    }

    private void serveWaiting() {
        if (!waitingForPermit.isEmpty()) {
            Site next = waitingForPermit.iterator().next();
            waitingForPermit.remove(next);
            next.pump();
        }
    }

    @Override
    public void waitForPermit(Site site) {
        waitingForPermit.add(site);
    }

    @Override
    public void waitForTime(Site site) {
        waitingForTime.add(site);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public AttemptTools tools() {
        return tools;
    }

    @Override
    public ConnectionPool pool() {
        return pool;
    }

    @Override
    public List<QueuedDelivery> claim(Flow flow, Instant now, int most) {
        return store.claim(flow, now, most);
    }

    @Override
    public void conclude(
            QueuedDelivery delivery, List<Fate> fates, Optional<Instant> notBefore, String site, Runnable whenDurable) {
        if (cutOff && fates.stream().allMatch(fate -> fate.kind() == Kind.LATER)) {
            // We ended the conversation, the peer did not: this was no attempt
            store.unclaim(delivery.id());
            whenDurable.run();
            return;
        }
        Optional<RetrySchedule> own = patience.own(delivery.nextHop());
        QueuedDelivery limited = own.map(schedule -> schedule.limit(delivery)).orElse(delivery);
        reporter.report(limited, fates, notBefore, own.orElse(settings.retry()), whenDurable);
    }

    /** Starts nothing any more and gives back what was not begun. */
    void beginStop() {
        stopping = true;
        sites.keep();
        for (Lane lane : lanes.values()) {
            lane.surrender().forEach(delivery -> store.unclaim(delivery.id()));
        }
        pool.close();
    }

    /** Opens no connection any more; those that are open are about to be closed. */
    void cutOff() {
        cutOff = true;
        lanes.values().forEach(Lane::cutOff);
    }

    boolean areConversing() {
        return lanes.values().stream().anyMatch(Lane::isConversing);
    }

    boolean areReporting() {
        return reporter.open() > 0;
    }

    List<LaneReport> reports() {
        return lanes.values().stream().map(Lane::report).toList();
    }

    Sites sites() {
        return sites;
    }
}
