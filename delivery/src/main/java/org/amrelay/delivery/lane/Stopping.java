// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an engine, step by step: drain, cut off, close the event loops, store the last reports, end the threads.
 *
 * <p>Runs on the engine's thread, which it ends last.
 */
final class Stopping {
    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);
    private static final long STEP_MILLIS = 10;
    private static final int MOST_REPORT_STEPS = 200;

    private final Lanes lanes;
    private final EventExecutor executor;
    private final EventLoopGroup loops;
    private final ExecutorService blocking;
    private final CompletableFuture<Void> stopped;

    Stopping(
            Lanes lanes,
            EventExecutor executor,
            EventLoopGroup loops,
            ExecutorService blocking,
            CompletableFuture<Void> stopped) {
        this.lanes = lanes;
        this.executor = executor;
        this.loops = loops;
        this.blocking = blocking;
        this.stopped = stopped;
    }

    void begin(Duration limit) {
        lanes.beginStop();
        drain(limit.toMillis() / STEP_MILLIS);
    }

    private void drain(long stepsLeft) {
        if (!lanes.areConversing()) {
            closeLoops();
        } else if (stepsLeft <= 0) {
            LOG.info("conversations are cut off, as they did not end in time");
            lanes.cutOff();
            closeLoops();
        } else {
            later(() -> drain(stepsLeft - 1));
        }
    }

    /** Closes all connections; conversations that were under way end with what that means for them. */
    private void closeLoops() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS)
                .addListener(future -> executor.execute(() -> storeReports(MOST_REPORT_STEPS)));
    }

    private void storeReports(int stepsLeft) {
        if ((lanes.areConversing() || lanes.areReporting()) && stepsLeft > 0) {
            later(() -> storeReports(stepsLeft - 1));
            return;
        }
        if (lanes.areReporting()) {
            LOG.warn("some deliveries end without a stored report; they are tried again after the next start");
        }
        blocking.shutdown();
        stopped.complete(null);
        executor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void later(Runnable step) {
        executor.schedule(step, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }
}
