// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.QueueFilter;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueueSearchTest {
    private static final Instant ACCEPTED = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("relay.db");
    }

    /** A page ends as soon as it is full. */
    @ParameterizedTest
    @EnumSource(QueueSearch.class)
    void readsAPageInOrderWithoutSorting(QueueSearch search) throws SQLException {
        RelayStorage.openSqlite(directory, Clock.systemUTC()).close();
        List<String> plan = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + search.page());
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.add(rows.getString("detail"));
            }
        }

        assertThat(plan).isNotEmpty().noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(plan.get(0)).startsWith("SEARCH");
    }

    @Test
    void findsWhatWaitedBeforeTheIndexesCame() throws SQLException {
        Flyway.configure()
                .dataSource(url(), null, null)
                .locations("classpath:db/migration/sqlite")
                .target("15")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO mail (id, name, accepted_at, sender, account, size, remote_host, "
                    + "remote_address, helo, protocol) VALUES (1, 'old', " + ACCEPTED.toEpochMilli()
                    + ", 'News@c.example', 'News@c.example', 9, 'c', '192.0.2.1', 'c', 'ESMTPSA')");
            statement.executeUpdate("INSERT INTO recipient (id, address, state, changed_at, delivery_id, notify_on) "
                    + "VALUES (1048576, 'Bob@d.example', 1, 0, 2, 4)");
            statement.executeUpdate(
                    "INSERT INTO delivery (id, mail_id, next_hop, sender, due_at, expires_at, attempts, "
                            + "held, delay_notice, content, recipients) "
                            + "VALUES (2, 1, 'mx:d.example', 'News@c.example', 0, 1, 0, 0, 0, 0, '0')");
        }

        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            assertThat(found(storage, Optional.of("news@C.example"), ACCEPTED.plusMillis(1)))
                    .containsExactly("old");
            assertThat(found(storage, Optional.empty(), ACCEPTED)).isEmpty();
            assertThat(found(storage, Optional.of("c.example"), ACCEPTED.plusMillis(1)))
                    .isEmpty();
        }
    }

    private static List<String> found(RelayStorage storage, Optional<String> account, Instant before) {
        QueueFilter filter = new QueueFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                account.map(name -> "d.example"),
                account,
                Optional.of(before),
                Optional.empty(),
                account.map(name -> "news@c.example"),
                account.map(name -> "bob@d.example"));
        return storage.ledger().queued(filter, 0, 9).stream()
                .map(QueueEntry::mailName)
                .toList();
    }
}
