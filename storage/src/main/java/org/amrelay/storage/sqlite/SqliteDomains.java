// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListSet;
import org.amrelay.storage.account.Domains;

/** Domains, all in memory. */
final class SqliteDomains implements Domains {
    private static final String ALL = "SELECT name FROM domain";
    private static final String ADD = "INSERT INTO domain (name) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String REMOVE = "DELETE FROM domain WHERE name = ?";

    private final Changes changes;
    private final ConcurrentSkipListSet<String> names;

    SqliteDomains(Statements tables, Changes changes) throws SQLException {
        this.changes = changes;
        this.names = new ConcurrentSkipListSet<>(tables.list(ALL, row -> row.getString(1)));
    }

    @Override
    public boolean contains(String domain) {
        return names.contains(domain.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<String> all() {
        return List.copyOf(names);
    }

    @Override
    public boolean add(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return changes.write(tables -> tables.update(ADD, name) == 1, () -> names.add(name));
    }

    @Override
    public boolean remove(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return changes.write(tables -> tables.update(REMOVE, name) == 1, () -> names.remove(name));
    }
}
