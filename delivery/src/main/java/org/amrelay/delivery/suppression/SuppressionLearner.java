// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.bounce.reason.BounceReason;
import org.amrelay.mail.address.EmailAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds addresses to the suppression list after what servers and recipients say.
 *
 * <p>Learns for the account whose mail it was, never for everybody: one account's bounces are no reason to refuse
 * another's mail, and mail without an account would turn the relay into a memory of other servers' mailboxes. What cannot
 * be stored is forgotten with a log line; the next bounce says it again. Safe for several threads, does not block.
 */
public final class SuppressionLearner {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionLearner.class);
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final int ENOUGH = 2;

    private final SuppressionStore store;
    private final InstantSource clock;
    private final Duration lifetime;

    /** @param lifetime of what bounces add; a complaint is not forgotten */
    public SuppressionLearner(SuppressionStore store, InstantSource clock, Duration lifetime) {
        this.store = store;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /**
     * An address refused mail of an account.
     *
     * @param source what refused, and how
     * @return whether the address is suppressed because of that
     */
    public CompletionStage<Boolean> refused(String account, EmailAddress address, BounceReason reason, String source) {
        Instant now = clock.instant();
        if (reason.isDefinite()) {
            return add(account, address, SuppressionReason.NO_SUCH_USER, source, now, Optional.of(now.plus(lifetime)));
        } else if (!reason.isHard()) {
            return CompletableFuture.completedFuture(false);
        }
        return store.countHardBounce(account, address, now, now.minus(WINDOW))
                .thenCompose(count -> count < ENOUGH
                        ? CompletableFuture.completedFuture(false)
                        : add(
                                account,
                                address,
                                SuppressionReason.HARD_BOUNCES,
                                source,
                                now,
                                Optional.of(now.plus(lifetime))))
                .exceptionally(error -> forgotten(address, error));
    }

    /** The owner of an address complained about mail of an account. */
    public CompletionStage<Boolean> complained(String account, EmailAddress address, String source) {
        return add(account, address, SuppressionReason.COMPLAINT, source, clock.instant(), Optional.empty());
    }

    private CompletionStage<Boolean> add(
            String account,
            EmailAddress address,
            SuppressionReason reason,
            String source,
            Instant now,
            Optional<Instant> until) {
        Optional<SuppressionReason> known = store.suppressed(Optional.of(account), address, now);
        if (known.filter(other -> other == SuppressionReason.MANUAL || other == SuppressionReason.COMPLAINT)
                .isPresent()) {
            // Those last longer; a bounce does not shorten them
            return CompletableFuture.completedFuture(true);
        }
        return store.put(List.of(new Suppression(Optional.of(account), address, reason, source, now, until)))
                .thenApply(done -> {
                    LOG.info("nothing more is sent to {} for {}: {}, {}", address, account, reason.word(), source);
                    return true;
                })
                .exceptionally(error -> forgotten(address, error));
    }

    private static boolean forgotten(EmailAddress address, Throwable error) {
        LOG.warn("the bounce of {} could not be noted: {}", address, error.toString());
        return false;
    }
}
