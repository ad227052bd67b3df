// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.limits;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts on one Redis server over one connection, each within a time.
 *
 * <p>Connects when it is first needed, and again by itself. After a failure all calls fail at once for a while, so that a
 * server that hangs does not hold every caller. Says in the log when Redis goes and when it is back. Safe for several
 * threads; the caller waits.
 */
final class RedisScripts implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RedisScripts.class);
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 10_000;

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI server;
    private final long budget;
    private final long pause;
    private final LongSupplier ticker;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicLong notBefore;
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection;

    /**
     * @param budget how long one call may take
     * @param pause how long after a failure nothing is asked
     * @param ticker nanoseconds that only grow
     */
    RedisScripts(RedisURI server, Duration budget, Duration pause, LongSupplier ticker) {
        this.server = server;
        this.budget = budget.toNanos();
        this.pause = pause.toNanos();
        this.ticker = ticker;
        this.notBefore = new AtomicLong(ticker.getAsLong());
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(Duration.ofSeconds(1)))
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECTING)
                        .keepAlive(true)
                        .build())
                .build());
        server.setTimeout(CONNECTING);
    }

    /** What the script answers; empty when Redis does not in time. */
    Optional<List<Object>> run(RedisScript script, String[] keys, String[] arguments) {
        long now = ticker.getAsLong();
        if (now - notBefore.get() < 0) {
            return Optional.empty();
        }
        CompletableFuture<List<Object>> answer = null;
        try {
            long end = System.nanoTime() + budget;
            StatefulRedisConnection<String, String> open =
                    connection().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            answer = ask(open, script, keys, arguments);
            List<Object> result = answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (away.compareAndSet(true, false)) {
                LOGGER.info("Redis at {} answers again", place());
            }
            return Optional.of(result);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(answer, "interrupted");
        } catch (TimeoutException late) {
            return failed(answer, "no answer in time");
        } catch (ExecutionException failure) {
            return failed(answer, String.valueOf(failure.getCause()));
        }
    }

    private Optional<List<Object>> failed(@Nullable CompletableFuture<List<Object>> answer, String why) {
        if (answer != null) {
            answer.cancel(true);
        }
        notBefore.set(ticker.getAsLong() + pause);
        if (away.compareAndSet(false, true)) {
            LOGGER.warn("Redis at {} is away, this relay counts by itself: {}", place(), why);
        }
        return Optional.empty();
    }

    private String place() {
        return server.getHost() + ':' + server.getPort();
    }

    private synchronized CompletableFuture<StatefulRedisConnection<String, String>> connection() {
        CompletableFuture<StatefulRedisConnection<String, String>> known = connection;
        if (known == null || known.isCompletedExceptionally()) {
            known = client.connectAsync(StringCodec.UTF8, server).toCompletableFuture();
            connection = known;
        }
        // A caller that gives up cancels its own wait, not the connection of all
        return known.copy();
    }

    /** By its digest; the whole text only for a server that does not know it yet. */
    private static CompletableFuture<List<Object>> ask(
            StatefulRedisConnection<String, String> open, RedisScript script, String[] keys, String[] arguments) {
        RedisFuture<List<Object>> known =
                open.async().evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments);
        return known.toCompletableFuture().exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof RedisNoScriptException
                    ? open.async().<List<Object>>eval(script.text(), ScriptOutputType.MULTI, keys, arguments)
                    : CompletableFuture.failedFuture(failure);
        });
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
