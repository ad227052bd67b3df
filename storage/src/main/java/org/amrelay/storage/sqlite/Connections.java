// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens connections to the one database file, and knows what its errors mean. */
final class Connections {
    private static final int PAGE_BYTES = 8192;
    private static final int WRITER_CACHE_KIB = 32_768;
    private static final int READER_CACHE_KIB = 2_048;

    private final Path file;
    private final SqliteSettings settings;

    Connections(Path directory, SqliteSettings settings) {
        this.file = directory.resolve("relay.db");
        this.settings = settings;
    }

    Statements writer() throws SQLException {
        SQLiteConfig config = config(WRITER_CACHE_KIB);
        config.setJournalMode(JournalMode.WAL);
        // FULL syncs the write-ahead log at each commit; NORMAL would lose acknowledged mail with the power.
        config.setSynchronous(SynchronousMode.FULL);
        config.setPageSize(PAGE_BYTES);
        config.setJournalSizeLimit(settings.walPages() * PAGE_BYTES * 2);
        Statements statements = new Statements(open(config));
        statements.first("PRAGMA wal_autocheckpoint=" + settings.walPages(), row -> row.getInt(1));
        return statements;
    }

    Statements reader() throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIB);
        Statements statements = new Statements(open(config));
        statements.update("PRAGMA query_only=1");
        return statements;
    }

    /** A connection for migrations, with nothing kept open. */
    Connection plain() throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIB);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setPageSize(PAGE_BYTES);
        return open(config);
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        config.setCacheSize(-cacheKib);
        config.setGetGeneratedKeys(false);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return config;
    }

    private Connection open(SQLiteConfig config) throws SQLException {
        Properties properties = config.toProperties();
        return JDBC.createConnection("jdbc:sqlite:" + file, properties);
    }

    /** Whether the disk or the system is at fault, not the statement. */
    static boolean isTrouble(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        return switch (primary(sqlite)) {
            case SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_CANTOPEN,
                    SQLITE_READONLY,
                    SQLITE_NOMEM,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB,
                    SQLITE_PROTOCOL -> true;
            default -> false;
        };
    }

    /** Whether only space is missing, so that smaller writes may still fit. */
    static boolean isFull(SQLException e) {
        return e instanceof SQLiteException sqlite && primary(sqlite) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** Extended codes carry the primary code in their low byte. */
    private static SQLiteErrorCode primary(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }
}
