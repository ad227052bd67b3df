// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.amrelay.mail.address.Network;

/**
 * Watches what accounts send, and contains the one whose mail is not what it usually sends.
 *
 * <p>Contained is durable before the answer. Names in any case. Safe for several threads; may block on the disk, for an
 * account that has not sent for a while and for one that is contained.
 */
public final class AccountWatch {
    /** Who contains, in the ledger and beside {@code by}. */
    public static final String ITSELF = "containment";

    private static final int MOST_BASELINES = 2_000;
    /** Mails that may be looked at again because processing failed behind the watch. */
    private static final int MOST_JUDGED = 10_000;

    private final ContainmentSettings settings;
    private final ContainmentEvaluator evaluator;
    private final ContainmentStore store;
    private final BaselineCache baselines;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> judged = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_JUDGED;
        }
    };

    public AccountWatch(ContainmentSettings settings, ContainmentStore store, Clock clock) {
        this(settings, store, clock, MOST_BASELINES);
    }

    AccountWatch(ContainmentSettings settings, ContainmentStore store, Clock clock, int most) {
        this.settings = settings;
        this.evaluator = new ContainmentEvaluator(settings);
        this.store = store;
        this.baselines = new BaselineCache(store, clock, most);
        this.clock = clock;
    }

    /**
     * Judges a mail of an account, once: asked again about the same mail, it only says whether the account is contained.
     *
     * @param mail its name
     * @return what contains the account, so that the mail is to be held; empty when it may go
     */
    public Optional<Contained> judge(String account, String mail, Submission submission) {
        String name = lower(account);
        Optional<Contained> contained = store.find(name);
        if (contained.isPresent() || !settings.on() || settings.never().contains(name) || !isNew(mail)) {
            return contained;
        }
        ContainmentResult result = baselines.use(name, baseline -> evaluator.evaluate(baseline, submission));
        if (result instanceof ContainmentResult.Anomaly anomaly) {
            contain(new Contained(name, clock.instant(), ITSELF, words(anomaly), mail, false, false));
        }
        return store.find(name);
    }

    private boolean isNew(String mail) {
        synchronized (judged) {
            return judged.put(mail, true) == null;
        }
    }

    private static String words(ContainmentResult.Anomaly anomaly) {
        return anomaly.reasons().stream().map(ContainmentReason::figures).collect(Collectors.joining("; "));
    }

    /** Contains an account by order; whether it was not contained. */
    public boolean contain(String account, String by, String reason) {
        return contain(new Contained(lower(account), clock.instant(), by, reason, "", false, false));
    }

    private boolean contain(Contained account) {
        boolean isNew = store.contain(account);
        if (isNew) {
            listeners.forEach(Runnable::run);
        }
        return isNew;
    }

    /**
     * Ends the containment. What led to it is usual from now on, or forgotten where the mail was recalled.
     *
     * @return whether the account was contained
     */
    public boolean release(String account) {
        String name = lower(account);
        Optional<Contained> contained = store.find(name);
        if (contained.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        baselines.use(name, baseline -> {
            if (contained.get().recalled()) {
                baseline.forgetLatest(now);
            } else {
                baseline.accept(now);
            }
            return baseline;
        });
        baselines.write();
        return store.release(name);
    }

    /** Notes that what the account had queued was not its own mail. */
    public void recalled(String account) {
        store.find(lower(account)).map(Contained::afterRecall).ifPresent(store::change);
    }

    /** A log-in that failed; only accounts that have sent mail lately take note, so that guesses at names cost nothing. */
    public void failedLogin(String account, Network network) {
        String name = lower(account);
        if (baselines.knows(name)) {
            baselines.use(name, baseline -> {
                baseline.failedLogin(network, clock.instant());
                return baseline;
            });
        }
    }

    /** What became of a recipient of the account's mail. */
    public void outcome(String account, boolean bounced) {
        if (!settings.on()) {
            return;
        }
        baselines.use(lower(account), baseline -> {
            baseline.outcome(bounced);
            return baseline;
        });
    }

    public List<Contained> contained() {
        return store.all();
    }

    public Optional<Contained> contained(String account) {
        return store.find(lower(account));
    }

    /** Notes that the postmaster knows. */
    public void told(Contained account) {
        store.find(account.account()).map(Contained::afterNotice).ifPresent(store::change);
    }

    /** Calls the listener after an account was contained; it returns at once. */
    public void onContained(Runnable listener) {
        listeners.add(listener);
    }

    /** Writes away what was learned; to be called each minute and at the end. */
    public void write() {
        baselines.write();
    }

    private static String lower(String account) {
        return account.strip().toLowerCase(Locale.ROOT);
    }
}
