// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.amrelay.delivery.client.OutboundSession;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.ByRoute;
import org.amrelay.delivery.route.RouteBook;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections of all lanes, and the number of connections that may exist at all.
 *
 * <p>A permit stands for one connection: it belongs to an attempt, or to the idle connection that an attempt has left
 * behind. When permits run out the connection that has been idle for longest makes room. For the engine's thread.
 */
final class ConnectionPool {
    /** A session with the number of messages that it has carried. */
    static final class Pooled {
        private final NextHop nextHop;
        private final OutboundSession connection;
        private final RouteBook routes;
        private final int most;
        private int messages;
        private @Nullable ScheduledFuture<?> timer;

        /** @param most messages that it may carry */
        /** @param routes those that led to the server */
        Pooled(NextHop nextHop, OutboundSession connection, int most, RouteBook routes) {
            this.routes = routes;
            this.nextHop = nextHop;
            this.connection = connection;
            this.most = most;
        }

        OutboundSession connection() {
            return connection;
        }

        boolean wasUsed() {
            return messages > 0;
        }

        void carriedOne() {
            messages++;
        }
    }

    private static final int TURN = 10;

    private final EventExecutor executor;
    private final LaneLimits limits;
    private final BooleanSupplier othersWait;
    private final Runnable whenPermitFree;
    private final Supplier<RouteBook> routes;
    private final Map<NextHop, Deque<Pooled>> idle = new HashMap<>();
    private final LinkedHashSet<Pooled> oldestFirst = new LinkedHashSet<>();
    private int permits;
    private boolean closed;

    /**
     * @param othersWait whether a lane waits for a permit
     * @param whenPermitFree called when a permit is free or can be had from an idle connection
     * @param routes those in force
     */
    ConnectionPool(
            EventExecutor executor,
            LaneLimits limits,
            BooleanSupplier othersWait,
            Runnable whenPermitFree,
            Supplier<RouteBook> routes) {
        this.routes = routes;
        this.executor = executor;
        this.limits = limits;
        this.othersWait = othersWait;
        this.whenPermitFree = whenPermitFree;
        this.permits = limits.mostConnections();
    }

    /**
     * An idle connection together with its permit; the one used last, as the others may rest until they end.
     *
     * @param gate those from which nothing may leave any more are ended
     */
    Optional<Pooled> takeIdle(NextHop nextHop, SourceGate gate) {
        Pooled last = lastIdle(nextHop);
        while (last != null && (isOutdated(last) || !gate.admits(last.connection.target()))) {
            end(last);
            last = lastIdle(nextHop);
        }
        return Optional.ofNullable(last).map(this::leave);
    }

    private @Nullable Pooled lastIdle(NextHop nextHop) {
        Deque<Pooled> deque = idle.get(nextHop);
        return deque == null ? null : deque.peekLast();
    }

    /** A route may name other servers now, or want another protection. */
    private boolean isOutdated(Pooled pooled) {
        return pooled.nextHop instanceof ByRoute && pooled.routes != routes.get();
    }

    private Pooled leave(Pooled pooled) {
        oldestFirst.remove(pooled);
        Deque<Pooled> deque = idle.get(pooled.nextHop);
        if (deque != null) {
            deque.remove(pooled);
            if (deque.isEmpty()) {
                idle.remove(pooled.nextHop);
            }
        }
        ScheduledFuture<?> timer = pooled.timer;
        if (timer != null) {
            timer.cancel(false);
        }
        return pooled;
    }

    /** A permit for a new connection, if need be at the cost of an idle one. */
    boolean takePermit() {
        if (permits == 0 && !oldestFirst.isEmpty()) {
            end(oldestFirst.iterator().next());
        }
        if (permits == 0) {
            return false;
        }
        permits--;
        return true;
    }

    void freePermit() {
        permits++;
        whenPermitFree.run();
    }

    /** Takes back what an attempt leaves of a connection and its permit. */
    void leftBy(Pooled pooled, boolean alive, boolean keep) {
        if (alive && keep) {
            giveBack(pooled);
            return;
        }
        if (alive) {
            pooled.connection.quit();
        }
        freePermit();
    }

    /** Takes a connection back with its permit; ends it when it has carried enough. */
    void giveBack(Pooled pooled) {
        // A busy lane would take the connection again at once, and again: others get their turn now and then
        boolean yields = othersWait.getAsBoolean() && pooled.messages % TURN == 0;
        if (closed || yields || pooled.messages >= pooled.most || limits.idle().isZero()) {
            pooled.connection.quit();
            freePermit();
            return;
        }
        idle.computeIfAbsent(pooled.nextHop, hop -> new ArrayDeque<>()).addLast(pooled);
        oldestFirst.add(pooled);
        pooled.timer = executor.schedule(() -> end(pooled), limits.idle().toMillis(), TimeUnit.MILLISECONDS);
        whenPermitFree.run();
    }

    /** Ends a connection if it is idle. */
    void end(Pooled pooled) {
        if (oldestFirst.contains(pooled)) {
            leave(pooled);
            pooled.connection.quit();
            freePermit();
        }
    }

    void watch(Pooled pooled) {
        pooled.connection.closed().thenRunAsync(() -> end(pooled), executor);
    }

    int idleOf(NextHop nextHop) {
        Deque<Pooled> deque = idle.get(nextHop);
        return deque == null ? 0 : deque.size();
    }

    void close() {
        closed = true;
        List<Pooled> all = new ArrayList<>(oldestFirst);
        all.forEach(this::end);
    }
}
