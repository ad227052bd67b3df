// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amrelay.filtering.scanner.ScannerAddress;
import org.amrelay.filtering.scanner.ScannerPool;
import org.amrelay.filtering.scanner.ScannerProtocol;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * ClamAV as engine: one or more clamd, asked in turn, with a memory of what was found in what.
 *
 * <p>The memory is emptied when clamd's version or its database directory, where it can be seen, says that the signatures
 * are others; both are looked at along the way, at most every ten seconds. Safe for several threads.
 */
public final class ClamAv implements VirusScanner, AutoCloseable {
    private static final Duration LOOKS = Duration.ofSeconds(10);
    private static final Duration LOOKING = Duration.ofSeconds(2);

    private final ClamAvSettings settings;
    private final ScannerPool<MessageContent, ScanResult> pool;
    private final ScanCache cache;
    private final Clock clock;
    private final AtomicReference<Instant> lookAgain = new AtomicReference<>(Instant.MIN);

    /** @param settings with at least one host */
    public ClamAv(ClamAvSettings settings, Clock clock) {
        this(settings, ScannerPool.Manners.of(settings.connections(), settings.timeout()), clock);
    }

    ClamAv(ClamAvSettings settings, ScannerPool.Manners manners, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.cache = new ScanCache(settings.remember(), settings.rememberFor(), clock);
        this.pool = new ScannerPool<>(
                "ClamAV",
                settings.hosts(),
                new WatchingClamd(new Clamd(settings.connectTimeout())),
                manners);
    }

    @Override
    public CompletionStage<ScanResult> scan(MessageContent message) {
        if (message.size() > settings.largest().bytes()) {
            return CompletableFuture.completedFuture(new ScanResult.Unscannable(
                    "it has " + message.size() + " octets, and ClamAV is given " + settings.largest() + " at most"));
        }
        String key;
        try {
            key = ScanKey.of(HeaderSection.read(message), message);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(new ScanResult.Unavailable("the message cannot be read: " + e));
        }
        Optional<ScanResult> known = clock.instant().isBefore(lookAgain.get()) ? cache.find(key) : Optional.empty();
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        String asked = cache.generation();
        return pool.ask(message)
                .thenApply(result -> {
                    cache.keep(key, result, asked);
                    return result;
                })
                .exceptionally(ClamAv::unavailable);
    }

    private static ScanResult unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new ScanResult.Unavailable(String.valueOf(cause.getMessage()));
    }

    /** Tells the listener each time a clamd works again; it returns quickly. */
    public void onRecovery(Runnable listener) {
        pool.onRecovery(listener);
    }

    /** Whether at least one clamd is not known to fail. */
    public boolean isUp() {
        return pool.isUp();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Looks at the signatures before it asks, on the pool's thread, now and then. */
    private final class WatchingClamd implements ScannerProtocol<MessageContent, ScanResult> {
        private final Clamd clamd;

        WatchingClamd(Clamd clamd) {
            this.clamd = clamd;
        }

        @Override
        public ScanResult ask(ScannerAddress host, MessageContent message, Duration time) throws IOException {
            Instant now = clock.instant();
            Instant due = lookAgain.get();
            if (!now.isBefore(due) && lookAgain.compareAndSet(due, now.plus(LOOKS))) {
                cache.signaturesAre(clamd.version(host, LOOKING) + databaseTimes());
            }
            return clamd.ask(host, message, time);
        }

        @Override
        public void probe(ScannerAddress host, Duration time) throws IOException {
            clamd.probe(host, time);
        }
    }

    /** clamd's version does not tell of signatures that somebody has written; their files do. */
    private String databaseTimes() {
        Path directory = settings.database().map(Path::of).orElse(Path.of(""));
        if (settings.database().isEmpty() || !Files.isDirectory(directory)) {
            return "";
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(ClamAv::stamp).collect(Collectors.joining(" ", " ", ""));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String stamp(Path file) {
        try {
            return file.getFileName() + "=" + Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
