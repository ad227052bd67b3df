// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.storage.account.Account;
import org.amrelay.storage.account.Accounts;

/** Accounts; those asked for lately, and names that are none, are kept in memory. */
final class SqliteAccounts implements Accounts {
    private static final String FIND = "SELECT name, credential, changed_at FROM account WHERE name = ?";
    private static final String ADD =
            "INSERT INTO account (name, credential, changed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String UPDATE = "UPDATE account SET credential = ?2, changed_at = ?3 WHERE name = ?1";
    private static final String REMOVE = "DELETE FROM account WHERE name = ?";
    private static final String NAMES = "SELECT name FROM account WHERE name > ? ORDER BY name LIMIT ?";
    private static final String COUNT = "SELECT count(*) FROM account";
    private static final int KEPT = 10_000;

    private final Readers readers;
    private final Changes changes;
    private final List<OwnedByAccount> owned;
    private final Map<String, Optional<Account>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Account>> eldest) {
            return size() > KEPT;
        }
    };
    private long generation;

    /** @param owned what goes with an account that is removed */
    SqliteAccounts(Readers readers, Changes changes, List<OwnedByAccount> owned) {
        this.owned = List.copyOf(owned);
        this.readers = readers;
        this.changes = changes;
    }

    @Override
    public Optional<Account> find(String name) {
        long before;
        synchronized (kept) {
            Optional<Account> known = kept.get(name);
            if (known != null) {
                return known;
            }
            before = generation;
        }
        Optional<Account> found = readers.read(tables -> tables.first(
                FIND,
                row -> new Account(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))),
                name));
        synchronized (kept) {
            // A change between the read and here would be hidden by what was read before it.
            if (generation == before) {
                kept.put(name, found);
            }
        }
        return found;
    }

    private void forget(String name) {
        synchronized (kept) {
            generation++;
            kept.remove(name);
        }
    }

    @Override
    public boolean add(Account account) {
        long changedAt = account.changedAt().toEpochMilli();
        return changes.write(
                tables -> tables.update(ADD, account.name(), account.credential(), changedAt) == 1,
                () -> forget(account.name()));
    }

    @Override
    public boolean update(Account account) {
        long changedAt = account.changedAt().toEpochMilli();
        return changes.write(
                tables -> tables.update(UPDATE, account.name(), account.credential(), changedAt) == 1,
                () -> forget(account.name()));
    }

    @Override
    public boolean remove(String name) {
        return changes.write(
                tables -> {
                    for (OwnedByAccount each : owned) {
                        each.removeAll(tables, name);
                    }
                    return tables.update(REMOVE, name) == 1;
                },
                () -> {
                    owned.forEach(each -> each.accountRemoved(name));
                    forget(name);
                });
    }

    @Override
    public List<String> names(String after, int limit) {
        return readers.read(tables -> tables.list(NAMES, row -> row.getString(1), after, limit));
    }

    @Override
    public long count() {
        return readers.read(tables -> tables.number(COUNT));
    }
}
