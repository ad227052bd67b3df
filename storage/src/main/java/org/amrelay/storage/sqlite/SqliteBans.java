// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.StoredBan;

/** Bans, all in memory; of more than {@value #MOST} those that end first are dropped. */
final class SqliteBans implements Bans {
    private static final int MOST = 100_000;
    private static final String ALL = "SELECT network, since, until, number FROM ban";
    private static final String PUT = "INSERT INTO ban (network, since, until, number) VALUES (?, ?, ?, ?) "
            + "ON CONFLICT (network) DO UPDATE SET since = excluded.since, until = excluded.until, number = excluded.number";
    private static final String FORGET = "DELETE FROM ban WHERE until < ?";
    private static final String REMOVE = "DELETE FROM ban WHERE network = ?";

    private final Changes changes;
    private final Map<String, StoredBan> byNetwork = new ConcurrentHashMap<>();

    SqliteBans(Statements tables, Changes changes) throws SQLException {
        this.changes = changes;
        tables.list(
                        ALL,
                        row -> new StoredBan(
                                row.getString(1),
                                Instant.ofEpochMilli(row.getLong(2)),
                                Instant.ofEpochMilli(row.getLong(3)),
                                row.getInt(4)))
                .forEach(ban -> byNetwork.put(ban.network(), ban));
    }

    @Override
    public Optional<StoredBan> find(String network) {
        return Optional.ofNullable(byNetwork.get(network));
    }

    @Override
    public List<StoredBan> all() {
        return byNetwork.values().stream()
                .sorted(Comparator.comparing(StoredBan::network))
                .toList();
    }

    @Override
    public void put(StoredBan ban, Instant forgetBefore) {
        Instant before = byNetwork.size() < MOST ? forgetBefore : later(forgetBefore, endOfTheFirst());
        changes.write(
                tables -> {
                    tables.update(FORGET, before.toEpochMilli());
                    return tables.update(
                                    PUT,
                                    ban.network(),
                                    ban.since().toEpochMilli(),
                                    ban.until().toEpochMilli(),
                                    ban.number())
                            == 1;
                },
                () -> {
                    byNetwork.values().removeIf(each -> each.until().isBefore(before));
                    byNetwork.put(ban.network(), ban);
                });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Behind the end of the earliest tenth. */
    private Instant endOfTheFirst() {
        return byNetwork.values().stream()
                .map(StoredBan::until)
                .sorted()
                .skip(MOST / 10)
                .findFirst()
                .orElse(Instant.MIN);
    }

    @Override
    public boolean remove(String network) {
        return changes.write(tables -> tables.update(REMOVE, network) == 1, () -> byNetwork.remove(network));
    }
}
