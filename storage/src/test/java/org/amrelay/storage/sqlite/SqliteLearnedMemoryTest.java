// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLearnedMemoryTest {
    @TempDir
    Path directory;

    @Test
    void remembersOverAStartWhatWasKeptLast() {
        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            assertThat(storage.learnedSpam().names()).isEmpty();
            assertThat(storage.learnedSpam().load("everybody")).isEmpty();
            storage.learnedSpam().keep("everybody", new byte[] {1});
            storage.learnedSpam().keep("everybody", new byte[] {2, 3});
            storage.learnedSpam().keep("account bob@relay.example", new byte[0]);
        }
        try (RelayStorage storage = RelayStorage.openSqlite(directory, Clock.systemUTC())) {
            assertThat(storage.learnedSpam().names())
                    .containsExactlyInAnyOrder("everybody", "account bob@relay.example");
            assertThat(storage.learnedSpam().load("everybody")).contains(new byte[] {2, 3});
            assertThat(storage.learnedSpam().load("account bob@relay.example")).contains(new byte[0]);
        }
    }
}
