// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.containment;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.Contained;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.users.AccountRules;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows contained accounts: holds what they have queued, tells the postmaster, writes baselines away.
 *
 * <p>What fails is tried again; what a crash cut off, after the next start: the postmaster may then be told twice, never
 * not at all. Safe for several threads.
 */
public final class ContainmentUpkeep {
    private static final Logger LOGGER = LoggerFactory.getLogger(ContainmentUpkeep.class);
    private static final int MOST_OUTCOMES = 20_000;
    private static final long WAIT_SECONDS = 60;

    private final AccountWatch watch;
    private final ContainmentOrders orders;
    private final RelayStorage storage;
    private final EmailAddress postmaster;
    private final String host;
    private final Clock clock;
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(MOST_OUTCOMES);
    /** Whose queue is wholly held, and since when that containment is. */
    private final Map<String, Instant> settled = new HashMap<>();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "amr-containment");
        made.setDaemon(true);
        return made;
    });

    private record Outcome(String account, boolean bounced) {}

    @Inject
    ContainmentUpkeep(
            AccountWatch watch,
            ContainmentOrders orders,
            RelayStorage storage,
            RelaySettings settings,
            AccountRules rules,
            Clock clock) {
        this.watch = watch;
        this.orders = orders;
        this.storage = storage;
        this.host = settings.hostname();
        this.postmaster =
                rules.containment().told().orElseGet(() -> new EmailAddress("postmaster", settings.hostname()));
        this.clock = clock;
    }

    /** Begins; returns at once. */
    public void start() {
        watch.onContained(this::soon);
        thread.scheduleWithFixedDelay(() -> quietly(this::round), 0, 10, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(() -> quietly(this::learn), 1, 1, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(() -> quietly(watch::write), 1, 1, TimeUnit.MINUTES);
    }

    private void soon() {
        try {
            thread.execute(() -> quietly(this::round));
        } catch (RejectedExecutionException stopping) {
            LOGGER.debug("the postmaster is told after the next start");
        }
    }

    /** Writes what was learned since the last minute. */
    public void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                LOGGER.debug("contained accounts are looked after again after the next start");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        quietly(this::learn);
        quietly(watch::write);
    }

    /** Takes note of an end; never blocks, and forgets what is too much. */
    void ended(String account, boolean bounced) {
        if (!outcomes.offer(new Outcome(account, bounced))) {
            LOGGER.debug("too many ends of deliveries at once to learn from all");
        }
    }

    private void learn() {
        for (Outcome each = outcomes.poll(); each != null; each = outcomes.poll()) {
            watch.outcome(each.account(), each.bounced());
        }
    }

    private void round() {
        for (Contained account : watch.contained()) {
            quietly(() -> follow(account));
        }
        settled.keySet().removeIf(account -> watch.contained(account).isEmpty());
        orders.releaseAgain();
    }

    private void follow(Contained account) {
        if (!account.since().equals(settled.get(account.account()))
                && orders.holdQueue(account.account()).inAttempt() == 0) {
            settled.put(account.account(), account.since());
        }
        if (!account.told()) {
            tell(account);
        }
    }

    private void tell(Contained account) {
        Instant now = clock.instant();
        LOGGER.warn("the mail of {} is held by {}: {}", account.account(), account.by(), account.reason());
        if (!account.mail().isEmpty()) {
            wait(storage.ledger().note(account.mail(), now, "contained", account.account() + ": " + account.reason()));
        }
        long held = orders.held(account).deliveries();
        wait(storage.spool()
                .add(NewSpoolItem.of(Spool.MAIN, ContainmentNotice.of(account, held, host, postmaster, now))));
        watch.told(account);
    }

    private static <T> void wait(java.util.concurrent.CompletionStage<T> stage) {
        var unused = stage.toCompletableFuture()
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOGGER.warn("contained accounts are looked after later: {}", failed.toString(), failed);
        }
    }
}
