// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.client.SmtpClient;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.LaneStatus;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.reply.Reply;

/**
 * All lanes that have something to do, and what they share.
 *
 * <p>A change in the store wakes its lane at once; the tick finds what became due by time. For the engine's thread.
 */
final class Lanes implements LaneHost {
    private static final Fate NO_REASON = Fate.later(Reply.of(451, "4.3.0", "never tried"), "");

    private final DeliverySettings settings;
    private final DeliveryStore store;
    private final InstantSource clock;
    private final EventExecutor executor;
    private final Reporter reporter;
    private final ConnectionPool pool;
    private final DeliveryAttempt.Tools tools;
    private final Map<NextHop, Lane> lanes = new HashMap<>();
    private final LinkedHashSet<Lane> waitingForPermit = new LinkedHashSet<>();
    private boolean stopping;
    private boolean cutOff;

    Lanes(
            DeliverySettings settings,
            DeliveryStore store,
            InstantSource clock,
            EventExecutor executor,
            SmtpClient client,
            HostFinder finder,
            Reporter reporter) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.reporter = reporter;
        this.pool = new ConnectionPool(
                executor, settings.limits(), () -> !waitingForPermit.isEmpty(), this::permitMayBeFree);
        this.tools =
                new DeliveryAttempt.Tools(client, finder, pool, new AddressHealth(clock), settings.limits(), executor);
    }

    void wake(NextHop nextHop) {
        if (!stopping) {
            lanes.computeIfAbsent(nextHop, hop -> new Lane(hop, this, settings.limits(), NO_REASON))
                    .wake();
        }
    }

    /** Wakes what is due and forgets lanes that have nothing to do. */
    void tick() {
        if (stopping) {
            return;
        }
        Instant now = now();
        Set<NextHop> waiting = new HashSet<>();
        for (LaneStatus status : store.lanes()) {
            waiting.add(status.nextHop());
            if (status.waiting() > 0 && !now.isBefore(status.nextDueAt())) {
                wake(status.nextHop());
            }
        }
        lanes.values().removeIf(lane -> !waiting.contains(lane.nextHop()) && lane.isForgettable(now));
        lanes.values().forEach(Lane::fill);
    }

    private void permitMayBeFree() {
        if (!waitingForPermit.isEmpty()) {
            executor.execute(this::serveWaiting);
        }
    }

    private void serveWaiting() {
        if (!waitingForPermit.isEmpty()) {
            Lane next = waitingForPermit.iterator().next();
            waitingForPermit.remove(next);
            next.fill();
        }
    }

    @Override
    public void waitForPermit(Lane lane) {
        waitingForPermit.add(lane);
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
    public DeliveryAttempt.Tools tools() {
        return tools;
    }

    @Override
    public ConnectionPool pool() {
        return pool;
    }

    @Override
    public List<QueuedDelivery> claim(NextHop nextHop, Instant now, int most) {
        return store.claim(nextHop, now, most);
    }

    @Override
    public void conclude(QueuedDelivery delivery, List<Fate> fates, Optional<Instant> notBefore, Runnable whenDurable) {
        if (cutOff && fates.stream().allMatch(fate -> fate.kind() == Kind.LATER)) {
            // We ended the conversation, the peer did not: this was no attempt
            store.unclaim(delivery.id());
            whenDurable.run();
        } else {
            reporter.report(delivery, fates, notBefore, whenDurable);
        }
    }

    /** Starts nothing any more and gives back what was not begun. */
    void beginStop() {
        stopping = true;
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
}
