// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.keys.DkimKeyStore;
import org.amrelay.authentication.keys.KeyState;
import org.amrelay.authentication.keys.StoredKey;
import org.jspecify.annotations.Nullable;

/** Our own DKIM keys, sealed; who signs keeps them in memory. */
final class SqliteDkimKeys implements DkimKeyStore {
    private static final String ALL =
            "SELECT domain, selector, algorithm, state, created_at, since, published_since, public_key, sealed"
                    + " FROM dkim_key ORDER BY domain, created_at, selector";
    private static final String ADD =
            "INSERT INTO dkim_key (domain, selector, algorithm, state, created_at, since, published_since, public_key,"
                    + " sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String REPLACE =
            "UPDATE dkim_key SET state = ?3, since = ?4, published_since = ?5 WHERE domain = ?1 AND selector = ?2";
    private static final String EXISTS = "SELECT 1 FROM dkim_key WHERE domain = ? AND selector = ?";
    private static final String REMOVE = "DELETE FROM dkim_key WHERE domain = ? AND selector = ?";

    private final Readers readers;
    private final Changes changes;

    SqliteDkimKeys(Readers readers, Changes changes) {
        this.readers = readers;
        this.changes = changes;
    }

    @Override
    public List<StoredKey> all() {
        return readers.read(tables -> tables.list(ALL, SqliteDkimKeys::read));
    }

    private static StoredKey read(ResultSet row) throws SQLException {
        String algorithm = row.getString(3);
        long published = row.getLong(7);
        boolean isPublished = !row.wasNull();
        return new StoredKey(
                row.getString(1),
                row.getString(2),
                SignatureAlgorithm.ofWord(algorithm)
                        .orElseThrow(() -> new SQLException("no such algorithm: " + algorithm)),
                KeyState.valueOf(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                isPublished ? Optional.of(Instant.ofEpochMilli(published)) : Optional.empty(),
                row.getBytes(8),
                row.getBytes(9));
    }

    @Override
    public boolean add(StoredKey key) {
        return changes.write(
                tables -> tables.update(
                                ADD,
                                key.domain(),
                                key.selector(),
                                key.algorithm().word(),
                                key.state().name(),
                                key.createdAt().toEpochMilli(),
                                key.since().toEpochMilli(),
                                published(key),
                                key.publicKey(),
                                key.sealed())
                        == 1,
                () -> {});
    }

    @Override
    public boolean replace(List<StoredKey> keys) {
        return changes.write(
                tables -> {
                    for (StoredKey key : keys) {
                        if (!tables.exists(EXISTS, key.domain(), key.selector())) {
                            return false;
                        }
                    }
                    for (StoredKey key : keys) {
                        tables.update(
                                REPLACE,
                                key.domain(),
                                key.selector(),
                                key.state().name(),
                                key.since().toEpochMilli(),
                                published(key));
                    }
                    return true;
                },
                () -> {});
    }

    private static @Nullable Long published(StoredKey key) {
        return key.publishedSince().map(Instant::toEpochMilli).orElse(null);
    }

    @Override
    public boolean remove(String domain, String selector) {
        return changes.write(tables -> tables.update(REMOVE, domain, selector) == 1, () -> {});
    }
}
