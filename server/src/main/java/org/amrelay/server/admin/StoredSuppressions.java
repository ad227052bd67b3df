// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.failure.StorageUnavailable;

/** {@link SuppressionOperations} carried out on the storage of this process. */
record StoredSuppressions(SuppressionStore store, InstantSource clock) implements SuppressionOperations {
    private static final long WAIT_SECONDS = 30;

    @Override
    public List<Answers.Suppressed> list(String account, String part, long afterId, int limit) {
        int most = Math.min(Math.max(limit, 1), Operations.MOST);
        return store.list(named(account), part.strip(), afterId, most, clock.instant()).stream()
                .map(StoredSuppressions::shown)
                .toList();
    }

    private static Optional<String> named(String account) {
        return Optional.of(account.strip()).filter(name -> !name.isEmpty());
    }

    private static Answers.Suppressed shown(SuppressionStore.Listed listed) {
        Suppression entry = listed.entry();
        return new Answers.Suppressed(
                listed.id(),
                entry.address().toString(),
                entry.account().orElse(""),
                entry.reason().word(),
                entry.source(),
                entry.since().toString(),
                entry.until().map(Instant::toString).orElse(""));
    }

    @Override
    public int add(List<Answers.Suppressed> entries) {
        if (entries.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " entries at once");
        }
        return await(store.put(entries.stream().map(this::read).toList()));
    }

    private Suppression read(Answers.Suppressed entry) {
        String word = text(entry.reason());
        return new Suppression(
                named(text(entry.account())),
                address(text(entry.address())),
                word.isEmpty()
                        ? SuppressionReason.MANUAL
                        : SuppressionReason.ofWord(word)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "'" + word + "' is not no-such-user, hard-bounces, complaint or manual")),
                text(entry.source()),
                time(text(entry.since())).orElseGet(clock::instant),
                time(text(entry.until())));
    }

    /** A field that a JSON object leaves out is null, whatever the compiler thinks. */
    private static String text(String given) {
        return Optional.ofNullable(given).map(String::strip).orElse("");
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not an address like bob@example.org"));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 2026-12-31T00:00:00Z", wrong);
        }
    }

    @Override
    public boolean remove(String account, String address) {
        return await(store.remove(named(account), address(address.strip())));
    }

    /** What storage answers, in time. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted before storage answered", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new StorageUnavailable("storage could not do it: " + failed.getMessage(), failed);
        }
    }
}
