// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The baselines of the accounts that sent last, written behind.
 *
 * <p>Holds so many that they take about 30 MB; of more, those not used for longest are written and dropped. Safe for
 * several threads; one account's baseline is used by one at a time.
 */
final class BaselineCache {
    /** Who sends nothing for so long is new again. */
    private static final Duration KEPT = Duration.ofDays(400);

    private static final int AT_ONCE = 100;

    private final ContainmentStore store;
    private final Clock clock;
    private final int most;
    /** Held while writing, so that nothing older is written after something newer. */
    private final Object writing = new Object();

    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Entry {
        private final String account;
        private final AccountBaseline baseline;
        private boolean changed;
        /** Nobody finds it any more: whoever still has it asks again. */
        private boolean dropped;

        private Entry(String account, AccountBaseline baseline) {
            this.account = account;
            this.baseline = baseline;
        }
    }

    BaselineCache(ContainmentStore store, Clock clock, int most) {
        this.store = store;
        this.clock = clock;
        this.most = most;
    }

    /** Uses and changes a baseline; the account is new when nothing is known of it. May block on the disk. */
    <T> T use(String account, Function<AccountBaseline, T> use) {
        makeRoom();
        while (true) {
            Entry entry = find(account);
            synchronized (entry) {
                if (!entry.dropped) {
                    entry.changed = true;
                    return use.apply(entry.baseline);
                }
            }
        }
    }

    private Entry find(String account) {
        synchronized (entries) {
            Entry known = entries.get(account);
            if (known != null) {
                return known;
            }
        }
        AccountBaseline read = store.baseline(account)
                .flatMap(BaselineCodec::decode)
                .orElseGet(() -> new AccountBaseline(clock.instant()));
        synchronized (entries) {
            return entries.computeIfAbsent(account, name -> new Entry(name, read));
        }
    }

    /** Writes first: what is dropped must not be lost. */
    private void makeRoom() {
        List<Entry> oldest = new ArrayList<>();
        synchronized (entries) {
            if (entries.size() < most) {
                return;
            }
            entries.values().stream().limit(Math.max(1, most / 10)).forEach(oldest::add);
        }
        write(oldest);
        for (Entry entry : oldest) {
            synchronized (entry) {
                if (!entry.changed) {
                    entry.dropped = true;
                    synchronized (entries) {
                        entries.remove(entry.account, entry);
                    }
                }
            }
        }
    }

    /** Writes what has changed. */
    void write() {
        List<Entry> all;
        synchronized (entries) {
            all = new ArrayList<>(entries.values());
        }
        write(all);
    }

    private void write(List<Entry> some) {
        Instant forgetBefore = clock.instant().minus(KEPT);
        for (int from = 0; from < some.size(); from += AT_ONCE) {
            List<Entry> part = some.subList(from, Math.min(some.size(), from + AT_ONCE));
            synchronized (writing) {
                writePart(part, forgetBefore);
            }
        }
    }

    private void writePart(List<Entry> part, Instant forgetBefore) {
        Map<String, byte[]> changed = new HashMap<>();
        for (Entry entry : part) {
            synchronized (entry) {
                if (entry.changed) {
                    changed.put(entry.account, BaselineCodec.encode(entry.baseline));
                    entry.changed = false;
                }
            }
        }
        keep(part, changed, forgetBefore);
    }

    private void keep(List<Entry> part, Map<String, byte[]> changed, Instant forgetBefore) {
        if (changed.isEmpty()) {
            return;
        }
        boolean kept = false;
        try {
            store.keep(changed, forgetBefore);
            kept = true;
        } finally {
            if (!kept) {
                part.stream()
                        .filter(entry -> changed.containsKey(entry.account))
                        .forEach(BaselineCache::keepLater);
            }
        }
    }

    private static void keepLater(Entry entry) {
        synchronized (entry) {
            entry.changed = true;
        }
    }

    /** Whether the account is here; asks no disk. */
    boolean knows(String account) {
        synchronized (entries) {
            return entries.containsKey(account);
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }
}
