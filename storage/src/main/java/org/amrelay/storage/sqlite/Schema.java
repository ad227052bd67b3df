// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.amrelay.storage.failure.HomeTooNew;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Brings the tables to the version that this program knows; loads Flyway only when there is something to do. */
final class Schema {
    /** The number of the newest file in {@code db/migration/sqlite}. */
    static final int VERSION = 16;

    private final Connections connections;
    private final Path directory;

    Schema(Connections connections, Path directory) {
        this.connections = connections;
        this.directory = directory;
    }

    void prepare() throws SQLException {
        int found = found();
        if (found > VERSION) {
            throw new HomeTooNew(directory, found, VERSION);
        }
        if (found < VERSION) {
            Migration.run(connections);
        }
    }

    private int found() throws SQLException {
        try (Connection connection = connections.plain();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT 1 FROM sqlite_master WHERE type='table' AND name='flyway_schema_history'")) {
                if (!rows.next()) {
                    return 0;
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success=1")) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /** A class of its own, so that a start without a migration does not load Flyway. */
    private static final class Migration implements DataSource {
        private final Connections connections;

        private Migration(Connections connections) {
            this.connections = connections;
        }

        static void run(Connections connections) {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(new Migration(connections))
                    .locations("classpath:db/migration/sqlite")
                    .load()
                    .migrate();
        }

        @Override
        public Connection getConnection() throws SQLException {
            return connections.plain();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            // nothing is written there
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // a file needs no log-in
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
