// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees that a client neither falls silent, nor trickles, nor stops reading.
 *
 * <p>A command has to be complete within the idle time however many bytes come, and a message within its own time. One
 * look every quarter of the shortest time, so a time-out comes up to a quarter late. For the connection's event loop.
 */
final class ConnectionTimer implements MessageTimes {
    private final Channel channel;
    private final SmtpLimits limits;
    private final Consumer<String> timedOut;
    private Optional<ScheduledFuture<?>> ticking = Optional.empty();
    private long heardAt = System.nanoTime();
    private long commandAt = heardAt;
    private long messageAt;
    private boolean inMessage;
    private long unsent;
    private long unsentAt;

    ConnectionTimer(Channel channel, SmtpLimits limits, Consumer<String> timedOut) {
        this.channel = channel;
        this.limits = limits;
        this.timedOut = timedOut;
    }

    void start() {
        heardAt = System.nanoTime();
        commandAt = heardAt;
        unsentAt = heardAt;
        long shortest = Math.min(
                limits.data().toMillis(),
                Math.min(limits.idle().toMillis(), limits.write().toMillis()));
        long tick = Math.max(20, shortest / 4);
        ticking =
                Optional.of(channel.eventLoop().scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS));
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    void commandCompleted() {
        commandAt = System.nanoTime();
        heardAt = commandAt;
    }

    /** After work during which the client had nothing to do but wait. */
    void waitsAgain() {
        commandCompleted();
    }

    @Override
    public void messageEnded() {
        inMessage = false;
    }

    @Override
    public void messageStarted() {
        messageAt = System.nanoTime();
        inMessage = true;
    }

    void stop() {
        ticking.ifPresent(future -> future.cancel(false));
    }

    private void look() {
        long now = System.nanoTime();
        long bytes = Optional.ofNullable(channel.unsafe().outboundBuffer())
                .map(out -> out.totalPendingWriteBytes())
                .orElse(0L);
        if (bytes == 0 || bytes != unsent) {
            unsent = bytes;
            unsentAt = now;
        }
        if (isOver(unsentAt, limits.write(), now)) {
            channel.close();
        } else if (inMessage && isOver(messageAt, limits.data(), now)) {
            timedOut.accept("the message takes too long");
        } else if (isOver(inMessage ? heardAt : commandAt, limits.idle(), now)) {
            timedOut.accept("timed out waiting for the client");
        }
    }

    private static boolean isOver(long since, Duration time, long now) {
        return now - since > time.toNanos();
    }
}
