// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.amrelay.authentication.containment.Contained;
import org.amrelay.authentication.containment.ContainmentStore;

/** Baselines on the disk, contained accounts in memory too. A contained account stays so when it is removed. */
final class SqliteContainment implements ContainmentStore, OwnedByAccount {
    private static final String BASELINE = "SELECT baseline FROM account_baseline WHERE account = ?";
    private static final String KEEP = """
            INSERT INTO account_baseline (account, changed_at, baseline) VALUES (?1, ?2, ?3)
            ON CONFLICT (account) DO UPDATE SET changed_at = ?2, baseline = ?3""";
    private static final String FORGET = """
            DELETE FROM account_baseline WHERE account IN
            (SELECT account FROM account_baseline WHERE changed_at < ? ORDER BY changed_at LIMIT 100)""";
    private static final String REMOVE_BASELINE = "DELETE FROM account_baseline WHERE account = ?";
    private static final String CONTAINED =
            "SELECT account, since, by, reason, mail, told, recalled FROM contained_account ORDER BY account";
    private static final String CONTAIN = """
            INSERT INTO contained_account (account, since, by, reason, mail, told, recalled)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String CHANGE =
            "UPDATE contained_account SET told = ?2, recalled = ?3 WHERE account = ?1 AND since = ?4";
    private static final String RELEASE = "DELETE FROM contained_account WHERE account = ?";

    private final Readers readers;
    private final Changes changes;
    private final Clock clock;
    private final Map<String, Contained> contained = new ConcurrentSkipListMap<>();

    SqliteContainment(Readers readers, Changes changes, Clock clock) {
        this.readers = readers;
        this.changes = changes;
        this.clock = clock;
        readers.read(SqliteContainment::contained).forEach(each -> contained.put(each.account(), each));
    }

    static List<Contained> contained(Statements tables) throws SQLException {
        return tables.list(
                CONTAINED,
                row -> new Contained(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6) != 0,
                        row.getInt(7) != 0));
    }

    @Override
    public Optional<byte[]> baseline(String account) {
        return readers.read(tables -> tables.first(BASELINE, row -> row.getBytes(1), account));
    }

    @Override
    public void keep(Map<String, byte[]> baselines, Instant forgetBefore) {
        Map<String, byte[]> all = new TreeMap<>(baselines);
        changes.write(
                tables -> {
                    for (Map.Entry<String, byte[]> each : all.entrySet()) {
                        tables.update(KEEP, each.getKey(), clock.millis(), each.getValue());
                    }
                    return tables.update(FORGET, forgetBefore.toEpochMilli()) > 0;
                },
                () -> {});
    }

    @Override
    public Optional<Contained> find(String account) {
        return Optional.ofNullable(contained.get(account));
    }

    @Override
    public List<Contained> all() {
        return List.copyOf(contained.values());
    }

    @Override
    public boolean contain(Contained account) {
        return changes.write(
                tables -> tables.update(
                                CONTAIN,
                                account.account(),
                                account.since().toEpochMilli(),
                                account.by(),
                                account.reason(),
                                account.mail(),
                                account.told() ? 1 : 0,
                                account.recalled() ? 1 : 0)
                        == 1,
                () -> contained.put(account.account(), account));
    }

    @Override
    public void change(Contained account) {
        changes.write(
                tables -> tables.update(
                                CHANGE,
                                account.account(),
                                account.told() ? 1 : 0,
                                account.recalled() ? 1 : 0,
                                account.since().toEpochMilli())
                        == 1,
                () -> contained.put(account.account(), account));
    }

    @Override
    public boolean release(String account) {
        return changes.write(tables -> tables.update(RELEASE, account) == 1, () -> contained.remove(account));
    }

    @Override
    public void removeAll(Statements tables, String account) throws SQLException {
        tables.update(REMOVE_BASELINE, account);
    }

    @Override
    public void accountRemoved(String account) {
        // What is in memory of it ends with the next start, and a contained account stays contained
    }
}
