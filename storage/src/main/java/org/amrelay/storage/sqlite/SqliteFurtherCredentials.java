// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.amrelay.storage.account.FurtherCredential;
import org.amrelay.storage.account.FurtherCredential.Kind;
import org.amrelay.storage.account.FurtherCredentials;

/** Further credentials, all in memory: few accounts have any. */
final class SqliteFurtherCredentials implements FurtherCredentials, OwnedByAccount {
    private static final String ALL =
            "SELECT account, kind, name, credential, created_at, last_used_at FROM further_credential";
    private static final String ADD = "INSERT INTO further_credential (account, kind, name, credential, created_at) "
            + "SELECT name, ?2, ?3, ?4, ?5 FROM account WHERE name = ?1 ON CONFLICT DO NOTHING";
    private static final String REMOVE = "DELETE FROM further_credential WHERE account = ? AND kind = ? AND name = ?";
    private static final String USED =
            "UPDATE further_credential SET last_used_at = ?4 WHERE account = ?1 AND kind = ?2 AND name = ?3";
    private static final String REMOVE_ALL = "DELETE FROM further_credential WHERE account = ?";

    private final Changes changes;
    private final Map<String, List<FurtherCredential>> byAccount = new ConcurrentHashMap<>();
    private final Map<String, FurtherCredential> byCredential = new ConcurrentHashMap<>();

    SqliteFurtherCredentials(Statements tables, Changes changes) throws SQLException {
        this.changes = changes;
        tables.list(ALL, SqliteFurtherCredentials::read).forEach(this::put);
    }

    private static FurtherCredential read(ResultSet row) throws SQLException {
        long lastUsed = row.getLong(6);
        Optional<Instant> lastUsedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastUsed));
        return new FurtherCredential(
                row.getString(1),
                Kind.values()[row.getInt(2)],
                row.getString(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                lastUsedAt);
    }

    private static boolean is(FurtherCredential each, Kind kind, String name) {
        return each.kind() == kind && each.name().equals(name);
    }

    private static String key(Kind kind, String credential) {
        return kind + " " + credential;
    }

    private void put(FurtherCredential credential) {
        drop(credential.account(), credential.kind(), credential.name());
        byAccount.merge(
                credential.account(),
                List.of(credential),
                (known, more) -> java.util.stream.Stream.concat(known.stream(), more.stream())
                        .sorted(Comparator.comparing(FurtherCredential::name))
                        .toList());
        byCredential.put(key(credential.kind(), credential.credential()), credential);
    }

    private void drop(String account, Kind kind, String name) {
        find(account, kind, name).ifPresent(gone -> byCredential.remove(key(kind, gone.credential())));
        byAccount.computeIfPresent(account, (same, known) -> {
            List<FurtherCredential> left =
                    known.stream().filter(each -> !is(each, kind, name)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private Optional<FurtherCredential> find(String account, Kind kind, String name) {
        return byAccount.getOrDefault(account, List.of()).stream()
                .filter(each -> is(each, kind, name))
                .findFirst();
    }

    @Override
    public List<FurtherCredential> of(String account, Kind kind) {
        return byAccount.getOrDefault(account, List.of()).stream()
                .filter(each -> each.kind() == kind)
                .toList();
    }

    @Override
    public Optional<FurtherCredential> withCredential(Kind kind, String credential) {
        return Optional.ofNullable(byCredential.get(key(kind, credential)));
    }

    @Override
    public boolean add(FurtherCredential each) {
        long createdAt = each.createdAt().toEpochMilli();
        return changes.write(
                tables -> tables.update(
                                ADD, each.account(), each.kind().ordinal(), each.name(), each.credential(), createdAt)
                        == 1,
                () -> put(each));
    }

    @Override
    public boolean remove(String account, Kind kind, String name) {
        return changes.write(
                tables -> tables.update(REMOVE, account, kind.ordinal(), name) == 1, () -> drop(account, kind, name));
    }

    @Override
    public boolean used(String account, Kind kind, String name, Instant at) {
        return changes.write(
                tables -> tables.update(USED, account, kind.ordinal(), name, at.toEpochMilli()) == 1,
                () -> find(account, kind, name)
                        .ifPresent(each -> put(new FurtherCredential(
                                account, kind, name, each.credential(), each.createdAt(), Optional.of(at)))));
    }

    @Override
    public void removeAll(Statements tables, String account) throws SQLException {
        tables.update(REMOVE_ALL, account);
    }

    @Override
    public void accountRemoved(String account) {
        List<FurtherCredential> gone = byAccount.remove(account);
        if (gone != null) {
            gone.forEach(each -> byCredential.remove(key(each.kind(), each.credential())));
        }
    }
}
