// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.storage.account.AccountSnapshot;
import org.amrelay.storage.failure.StorageUnavailable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Reads accounts, domains, rewrites and suppressed addresses beside whoever has the database open; takes no lock file, changes nothing. */
public final class SnapshotReader {
    private SnapshotReader() {}

    /**
     * Reads the database in a directory; empty when there is none.
     *
     * @throws StorageUnavailable when it cannot be read
     */
    public static AccountSnapshot read(Path directory) {
        return look(directory, AccountSnapshot.empty(), SnapshotReader::accounts);
    }

    /** The suppression list; empty when there is no database, or one that is older than the list. */
    public static SuppressionStore suppressions(Path directory) {
        return look(directory, SuppressionStore.empty(), SnapshotReader::suppressions);
    }

    private static AccountSnapshot accounts(Statements tables) throws SQLException {
        return new AccountSnapshot(
                new HashSet<>(tables.list("SELECT name FROM account", row -> row.getString(1))),
                new HashSet<>(tables.list("SELECT name FROM domain", row -> row.getString(1))),
                grouped(tables, "SELECT source, target FROM rewrite ORDER BY id"),
                // A home that was made by an older program may lack the table
                has(tables, "identity") ? grouped(tables, "SELECT account, identity FROM identity") : Map.of(),
                has(tables, "contained_account") ? SqliteContainment.contained(tables) : List.of());
    }

    private static SuppressionStore suppressions(Statements tables) throws SQLException {
        return has(tables, "suppression")
                ? new RememberedSuppressions(SuppressionIndex.read(tables))
                : SuppressionStore.empty();
    }

    private static boolean has(Statements tables, String table) throws SQLException {
        return tables.exists("SELECT 1 FROM sqlite_master WHERE name = ?", table);
    }

    @FunctionalInterface
    private interface Look<T> {
        T at(Statements tables) throws SQLException;
    }

    private static <T> T look(Path directory, T nothing, Look<T> look) {
        Path file = directory.resolve("relay.db");
        if (!Files.exists(file)) {
            return nothing;
        }
        // Without a write-ahead log nobody has it open, and SQLite need not make its shared files to read it
        String mode = isWritten(directory.resolve("relay.db-wal")) ? "mode=ro" : "immutable=1";
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        try (Statements tables = new Statements(
                JDBC.createConnection("jdbc:sqlite:" + file.toUri() + "?" + mode, config.toProperties()))) {
            return look.at(tables);
        } catch (SQLException unreadable) {
            throw new StorageUnavailable(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Map<String, List<String>> grouped(Statements tables, String pairs) throws SQLException {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        tables.list(pairs, row -> List.of(row.getString(1), row.getString(2)))
                .forEach(pair -> groups.computeIfAbsent(pair.get(0), key -> new ArrayList<>())
                        .add(pair.get(1)));
        return groups;
    }

    private static boolean isWritten(Path log) {
        try {
            return Files.exists(log) && Files.size(log) > 0;
        } catch (IOException gone) {
            return false;
        }
    }
}
