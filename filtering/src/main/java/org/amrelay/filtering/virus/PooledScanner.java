// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.amrelay.filtering.scanner.ScannerAddress;
import org.amrelay.filtering.scanner.ScannerPool;
import org.amrelay.filtering.scanner.ScannerProtocol;
import org.amrelay.filtering.scanner.ScannerUnavailable;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * One or more hosts of an engine, asked in turn, with a memory of what was found in what.
 *
 * <p>The memory is emptied when the engine's signatures are others; they are looked at along the way, at most every ten
 * seconds. Safe for several threads.
 */
final class PooledScanner implements VirusScanner, AutoCloseable {
    private static final Duration LOOKS = Duration.ofSeconds(10);
    private static final Duration LOOKING = Duration.ofSeconds(2);

    private final Engine engine;
    private final ScannerPool<MessageContent, ScanResult> pool;
    private final ScanCache cache;
    private final Clock clock;
    /** By key: who asks again meanwhile, as a mailet after the hook, gets the same answer. */
    private final ConcurrentHashMap<String, CompletableFuture<ScanResult>> underWay = new ConcurrentHashMap<>();

    private final AtomicReference<Instant> lookAgain = new AtomicReference<>(Instant.MIN);

    /** Tells which signatures a host has now. */
    interface Signatures {
        String of(ScannerAddress host, Duration time) throws IOException;
    }

    /**
     * What is particular about an engine.
     *
     * @param largest octets of a message that it is shown
     */
    record Engine(
            String name,
            java.util.List<ScannerAddress> hosts,
            ScannerProtocol<MessageContent, ScanResult> protocol,
            Signatures signatures,
            long largest) {}

    PooledScanner(Engine engine, ScannerPool.Manners manners, ScanCache cache, Clock clock) {
        this.engine = engine;
        this.clock = clock;
        this.cache = cache;
        this.pool = new ScannerPool<>(engine.name(), engine.hosts(), new Watching(), manners);
    }

    @Override
    public CompletionStage<ScanResult> scan(MessageContent message) {
        if (message.size() > engine.largest()) {
            return CompletableFuture.completedFuture(new ScanResult.Unscannable("it has " + message.size()
                    + " octets, and " + engine.name() + " is shown " + engine.largest() + " at most"));
        }
        String key;
        try {
            key = ScanKey.of(HeaderSection.read(message), message);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(new ScanResult.Troubled("the message cannot be read: " + e));
        }
        Optional<ScanResult> known = clock.instant().isBefore(lookAgain.get()) ? cache.find(key) : Optional.empty();
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        CompletableFuture<ScanResult> mine = new CompletableFuture<>();
        CompletableFuture<ScanResult> other = underWay.putIfAbsent(key, mine);
        if (other != null) {
            return other.thenApply(result -> result);
        }
        String asked = cache.generation();
        pool.ask(message).exceptionally(PooledScanner::unavailable).thenAccept(result -> {
            cache.keep(key, result, asked);
            underWay.remove(key, mine);
            mine.complete(result);
        });
        return mine.thenApply(result -> result);
    }

    private static ScanResult unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean busy = cause instanceof ScannerUnavailable unavailable && unavailable.isBusy();
        return new ScanResult.Unavailable(String.valueOf(cause.getMessage()), busy);
    }

    /** Tells the listener each time a host works again; it returns quickly. */
    void onRecovery(Runnable listener) {
        pool.onRecovery(listener);
    }

    /** Whether at least one host is not known to fail. */
    boolean isUp() {
        return pool.isUp();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Looks at the signatures before it asks, on the pool's thread, now and then. */
    private final class Watching implements ScannerProtocol<MessageContent, ScanResult> {
        @Override
        public ScanResult ask(ScannerAddress host, MessageContent message, Duration time) throws IOException {
            Instant now = clock.instant();
            Instant due = lookAgain.get();
            if (!now.isBefore(due) && lookAgain.compareAndSet(due, now.plus(LOOKS))) {
                cache.signaturesAre(engine.signatures().of(host, LOOKING));
            }
            return engine.protocol().ask(host, message, time);
        }

        @Override
        public void probe(ScannerAddress host, Duration time) throws IOException {
            engine.protocol().probe(host, time);
        }
    }
}
