// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.mail.message.MessageContent;

/**
 * All engines that are configured, as one: what one of them finds counts, and mail is clean when all say so.
 *
 * <p>They are asked side by side. Safe for several threads.
 */
public final class VirusProtection implements AutoCloseable {
    private final List<Engine> engines;
    private final Duration budget;

    /**
     * One engine.
     *
     * @param without what becomes of mail while it does not answer
     * @param close gives back what it holds
     */
    public record Engine(String name, VirusScanner scanner, WithoutScanner without, Runnable close) {}

    /**
     * What came of a message.
     *
     * @param result never {@code Unavailable} when that is no obstacle
     * @param engine who said so
     * @param without what to do when the result is {@code Unavailable}
     */
    public record Outcome(ScanResult result, String engine, WithoutScanner without) {
        /** Whether nothing is known yet and the mail must not go on like that. */
        public boolean mustWait() {
            return result instanceof ScanResult.Unavailable missing
                    && (missing.busy() || without != WithoutScanner.ACCEPT);
        }
    }

    /**
     * Several engines, or none.
     *
     * @param budget how long a client waits in session for all of them
     */
    public VirusProtection(List<Engine> engines, Duration budget) {
        this.engines = List.copyOf(engines);
        this.budget = budget;
    }

    /** Nothing is scanned. */
    public static VirusProtection none() {
        return new VirusProtection(List.of(), Duration.ZERO);
    }

    public boolean isOn() {
        return !engines.isEmpty();
    }

    public Duration budget() {
        return budget;
    }

    /**
     * Asks all engines.
     *
     * @return completes normally, on any thread; empty when there is no engine
     */
    public CompletionStage<Optional<Outcome>> scan(MessageContent message) {
        CompletableFuture<List<Outcome>> all = CompletableFuture.completedFuture(List.of());
        for (Engine engine : engines) {
            CompletionStage<Outcome> one = engine.scanner()
                    .scan(message)
                    .thenApply(result -> new Outcome(result, engine.name(), engine.without()));
            all = all.thenCombine(one, VirusProtection::append);
        }
        return all.thenApply(outcomes -> outcomes.stream().reduce(VirusProtection::graver));
    }

    /**
     * Asks all engines and waits so long at most; scans go on after that, and their results are remembered.
     *
     * @return completes normally, on any thread; empty when there is no engine
     */
    public CompletableFuture<Optional<Outcome>> scanWithin(Duration time, MessageContent message) {
        Outcome late = new Outcome(new ScanResult.Unavailable("the scan takes its time", true), "scanner", without());
        return scan(message)
                .thenApply(outcome -> outcome)
                .toCompletableFuture()
                .completeOnTimeout(Optional.of(late), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is to be done when there is no answer in time: what the strictest engine wants. */
    public WithoutScanner without() {
        return engines.stream()
                .map(Engine::without)
                .min((one, other) -> Integer.compare(strictness(one), strictness(other)))
                .orElse(WithoutScanner.ACCEPT);
    }

    private static List<Outcome> append(List<Outcome> before, Outcome next) {
        List<Outcome> all = new ArrayList<>(before);
        all.add(next);
        return all;
    }

    private static Outcome graver(Outcome one, Outcome other) {
        return gravity(one) >= gravity(other) ? one : other;
    }

    private static int gravity(Outcome outcome) {
        if (outcome.result() instanceof ScanResult.Infected) {
            return 10;
        } else if (outcome.result() instanceof ScanResult.Troubled) {
            return 9;
        } else if (outcome.result() instanceof ScanResult.Unavailable missing) {
            return outcome.without() == WithoutScanner.ACCEPT && !missing.busy()
                    ? 1
                    : 8 - strictness(outcome.without());
        }
        return outcome.result() instanceof ScanResult.Unscannable ? 2 : 0;
    }

    private static int strictness(WithoutScanner without) {
        return switch (without) {
            case REFUSE -> 0;
            case HOLD_AND_RESCAN -> 1;
            case ACCEPT -> 2;
        };
    }

    @Override
    public void close() {
        engines.forEach(engine -> engine.close().run());
    }
}
