// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.queue.DeliveryStoreContract;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the delivery engine relies on, as the engine's own room has written it down. */
class SqliteServesTheEngineTest implements DeliveryStoreContract {
    @TempDir
    private Path directory;

    private RelayStorage storage;

    @BeforeEach
    void open() {
        storage = RelayStorage.openSqlite(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Override
    public DeliveryStore store() {
        return storage.deliveries();
    }
}
