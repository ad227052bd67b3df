// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.amrelay.authentication.greylist.GreylistEntry;
import org.amrelay.authentication.greylist.GreylistStore;

/** Greylisting's memory; each new key makes room by forgetting some that are old. */
final class SqliteGreylist implements GreylistStore {
    private static final String FIND = "SELECT first_seen, last_seen, passes FROM greylist WHERE key = ?";
    private static final String PUT =
            "INSERT INTO greylist (key, first_seen, last_seen, passes) VALUES (?1, ?2, ?3, ?4)"
                    + " ON CONFLICT (key) DO UPDATE SET first_seen = ?2, last_seen = ?3, passes = ?4";
    private static final String FORGET = "DELETE FROM greylist WHERE key IN"
            + " (SELECT key FROM greylist WHERE last_seen < ? ORDER BY last_seen LIMIT 20)";

    private final Writer writer;

    SqliteGreylist(Writer writer) {
        this.writer = writer;
    }

    @Override
    public CompletionStage<GreylistEntry> update(
            String key, Function<Optional<GreylistEntry>, GreylistEntry> change, Instant forgetBefore) {
        return writer.submit(
                0,
                tables -> {
                    Optional<GreylistEntry> kept = find(tables, key);
                    if (kept.isEmpty()) {
                        tables.update(FORGET, forgetBefore.toEpochMilli());
                    }
                    GreylistEntry entry = change.apply(kept);
                    tables.update(
                            PUT,
                            key,
                            entry.firstSeen().toEpochMilli(),
                            entry.lastSeen().toEpochMilli(),
                            entry.passes());
                    return entry;
                },
                entry -> {});
    }

    @Override
    public CompletionStage<Optional<GreylistEntry>> find(String key) {
        // Through the writer although nothing is written: a reader would block the caller
        return writer.submit(0, tables -> find(tables, key), entry -> {});
    }

    private static Optional<GreylistEntry> find(Statements tables, String key) throws SQLException {
        return tables.first(
                FIND,
                row -> new GreylistEntry(
                        Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2)), row.getLong(3)),
                key);
    }
}
