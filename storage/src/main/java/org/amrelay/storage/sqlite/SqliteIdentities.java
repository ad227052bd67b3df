// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.amrelay.storage.account.GrantedIdentities;

/** Granted identities, all in memory. */
final class SqliteIdentities implements GrantedIdentities, OwnedByAccount {
    private static final String ALL = "SELECT account, identity FROM identity";
    private static final String ADD = "INSERT INTO identity (account, identity) SELECT name, ?2 FROM account "
            + "WHERE name = ?1 ON CONFLICT DO NOTHING";
    private static final String REMOVE = "DELETE FROM identity WHERE account = ? AND identity = ?";
    private static final String REMOVE_ALL = "DELETE FROM identity WHERE account = ?";

    private final Changes changes;
    private final ConcurrentHashMap<String, Set<String>> byAccount = new ConcurrentHashMap<>();

    SqliteIdentities(Statements tables, Changes changes) throws SQLException {
        this.changes = changes;
        for (List<String> pair : tables.list(ALL, row -> List.of(row.getString(1), row.getString(2)))) {
            added(pair.get(0), pair.get(1));
        }
    }

    private void added(String account, String identity) {
        byAccount
                .computeIfAbsent(account, name -> new ConcurrentSkipListSet<>())
                .add(identity);
    }

    private void removed(String account, String identity) {
        byAccount.computeIfPresent(account, (name, known) -> {
            known.remove(identity);
            return known.isEmpty() ? null : known;
        });
    }

    @Override
    public boolean contains(String account, String identity) {
        return byAccount.getOrDefault(account, Set.of()).contains(identity);
    }

    @Override
    public List<String> of(String account) {
        return List.copyOf(byAccount.getOrDefault(account, Set.of()));
    }

    @Override
    public Map<String, List<String>> all() {
        Map<String, List<String>> all = new TreeMap<>();
        byAccount.forEach((account, identities) -> all.put(account, List.copyOf(identities)));
        return all;
    }

    @Override
    public boolean add(String account, String identity) {
        return changes.write(tables -> tables.update(ADD, account, identity) == 1, () -> added(account, identity));
    }

    @Override
    public boolean remove(String account, String identity) {
        return changes.write(tables -> tables.update(REMOVE, account, identity) == 1, () -> removed(account, identity));
    }

    @Override
    public void removeAll(Statements tables, String account) throws SQLException {
        tables.update(REMOVE_ALL, account);
    }

    @Override
    public void accountRemoved(String account) {
        byAccount.remove(account);
    }
}
