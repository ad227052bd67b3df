// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.containment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.Contained;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.ledger.Changed;
import org.amrelay.storage.ledger.Impact;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;

/**
 * Contains and releases accounts together with their mail that waits.
 *
 * <p>Only what the containment holds is released: what an operator holds, or what is in doubt, stays. Safe for several
 * threads; blocks on the disk.
 */
public final class ContainmentOrders {
    private static final long WAIT_SECONDS = 60;
    /** So often a release is repeated, for mail that was being processed meanwhile. */
    private static final int ROUNDS = 3;

    private final AccountWatch watch;
    private final Ledger ledger;
    private final Map<String, Integer> released = new ConcurrentHashMap<>();

    @Inject
    public ContainmentOrders(AccountWatch watch, RelayStorage storage) {
        this.watch = watch;
        this.ledger = storage.ledger();
    }

    public List<Contained> contained() {
        return watch.contained();
    }

    /** Whether it was not contained; its mail that waits is held too. */
    public boolean contain(String account, String by) {
        boolean isNew = watch.contain(account, by, "by order");
        released.remove(account);
        holdQueue(account);
        return isNew;
    }

    /** Holds what waits; says how much changed, and how much is in an attempt and was not held. */
    Changed holdQueue(String account) {
        return of(ledger.hold(
                new Selection.Matching(QueueFilter.ofAccount(account, Optional.of(false), Optional.empty())),
                AccountWatch.ITSELF));
    }

    /**
     * What a release did.
     *
     * @param wasContained whether the account was contained
     * @param released deliveries that go now
     */
    public record Released(boolean wasContained, long released) {}

    /**
     * Ends the containment and lets go what it holds. A crash on the way leaves the account contained: the order can be
     * given again.
     */
    public Released release(String account, String by) {
        long before = releaseQueue(account, by);
        boolean was = watch.release(account);
        released.put(account, ROUNDS);
        return new Released(was, before + releaseQueue(account, by));
    }

    private long releaseQueue(String account, String by) {
        return of(ledger.release(held(account), by)).changed();
    }

    private static Selection held(String account) {
        return new Selection.Matching(
                QueueFilter.ofAccount(account, Optional.of(true), Optional.of(AccountWatch.ITSELF)));
    }

    /** How much the containment holds. */
    public Impact held(Contained account) {
        return ledger.impact(held(account.account()));
    }

    /** What a recall would take. */
    public Impact queued(String account) {
        return ledger.impact(everything(account));
    }

    private static Selection everything(String account) {
        return new Selection.Matching(QueueFilter.ofAccount(account, Optional.empty(), Optional.empty()));
    }

    /** Contains the account, so that nothing follows, and cancels all that it has queued; nobody is told. */
    public Changed recall(String account, String by) {
        contain(account, by);
        watch.recalled(account);
        return of(ledger.cancel(everything(account), by));
    }

    /** Repeats the latest releases: a mail that was judged before one may have been held after it. */
    void releaseAgain() {
        released.forEach((account, rounds) -> {
            if (watch.contained(account).isEmpty()) {
                releaseQueue(account, AccountWatch.ITSELF);
            }
            released.computeIfPresent(account, (name, left) -> left > 1 ? left - 1 : null);
        });
    }

    private static <T> T of(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
