// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.amrelay.storage.account.Account;
import org.amrelay.storage.account.AccountSnapshot;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Domains;
import org.amrelay.storage.account.Rewrites;

/**
 * Accounts, domains and rewrites as they were in the home; or, where there is no home, every domain and account.
 *
 * @param all whether every name is known: nothing says which domains are ours
 */
record KnownAccounts(AccountSnapshot snapshot, boolean all) {
    Accounts accounts() {
        return new ReadOnlyAccounts(this);
    }

    Domains domains() {
        return new RememberedDomains(this, new ConcurrentSkipListSet<>(snapshot.domains()));
    }

    Rewrites rewrites() {
        return new ReadOnlyRewrites(snapshot.rewrites());
    }

    private static UnsupportedOperationException refuse() {
        return new UnsupportedOperationException("an explanation changes nothing");
    }

    private record ReadOnlyAccounts(KnownAccounts known) implements Accounts {
        @Override
        public Optional<Account> find(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return known.all() || known.snapshot().accounts().contains(lower)
                    ? Optional.of(new Account(lower, "", Instant.EPOCH))
                    : Optional.empty();
        }

        @Override
        public boolean add(Account account) {
            throw refuse();
        }

        @Override
        public boolean update(Account account) {
            throw refuse();
        }

        @Override
        public boolean remove(String name) {
            throw refuse();
        }

        @Override
        public List<String> names(String after, int limit) {
            return known.snapshot().accounts().stream()
                    .filter(name -> name.compareTo(after) > 0)
                    .sorted()
                    .limit(limit)
                    .toList();
        }

        @Override
        public long count() {
            return known.snapshot().accounts().size();
        }
    }

    /** James adds the default domain at each start; here that lasts as long as the explanation. */
    private record RememberedDomains(KnownAccounts known, Set<String> names) implements Domains {
        @Override
        public boolean contains(String domain) {
            return known.all() || names.contains(domain.toLowerCase(Locale.ROOT));
        }

        @Override
        public List<String> all() {
            return List.copyOf(names);
        }

        @Override
        public boolean add(String domain) {
            return names.add(domain.toLowerCase(Locale.ROOT));
        }

        @Override
        public boolean remove(String domain) {
            return names.remove(domain.toLowerCase(Locale.ROOT));
        }
    }

    private record ReadOnlyRewrites(Map<String, List<String>> all) implements Rewrites {
        @Override
        public List<String> targets(String source) {
            return all.getOrDefault(source, List.of());
        }

        @Override
        public List<String> sourcesOf(String target) {
            return all.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(target))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }

        @Override
        public boolean add(String source, String target) {
            throw refuse();
        }

        @Override
        public boolean remove(String source, String target) {
            throw refuse();
        }
    }
}
