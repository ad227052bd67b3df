// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.failure.HomeInUse;
import org.amrelay.storage.failure.HomeTooNew;
import org.amrelay.storage.failure.StorageUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path directory;

    private RelayStorage open() {
        return RelayStorage.openSqlite(directory, Clock.systemUTC());
    }

    @Test
    void saysWhoHoldsADirectory() {
        try (RelayStorage first = open()) {
            assertThat(first.spool().queues()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(HomeInUse.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " since ");
        }
        open().close();
    }

    @Test
    void saysWhoHoldsADirectoryInAnotherProcess() throws Exception {
        Process other = CrashTest.child(directory).start();
        try {
            assertThat(other.inputReader().readLine()).isNotNull();

            assertThatThrownBy(this::open)
                    .isInstanceOf(HomeInUse.class)
                    .hasMessageContaining("process " + other.pid() + " since ");
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        open().close();
    }

    @Test
    void doesNotTouchADirectoryOfANewerVersion() throws Exception {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("relay.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO flyway_schema_history
                    SELECT 99, '99', description, type, script, checksum, installed_by, installed_on, execution_time, 1
                    FROM flyway_schema_history WHERE version = '1'""");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(HomeTooNew.class)
                .hasMessageContaining("schema 99")
                .hasMessageContaining("newer version");
    }

    @Test
    void knowsTheNewestMigration() throws IOException {
        Path migrations = Path.of("src/main/resources/db/migration/sqlite");
        try (var files = Files.list(migrations)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max(Integer::compare))
                    .contains(Schema.VERSION);
        }
    }

    @Test
    void saysThatADirectoryCannotBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> RelayStorage.openSqlite(file, Clock.systemUTC()))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void saysThatTheDatabaseIsNone() throws IOException {
        Files.writeString(directory.resolve("relay.db"), "this is no database at all, but long enough".repeat(100));

        assertThatThrownBy(this::open).isInstanceOf(StorageUnavailable.class);
    }
}
