// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.NOW;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.AccountContract;
import org.amrelay.storage.account.ContainmentContract;
import org.amrelay.storage.key.DkimKeyContract;
import org.amrelay.storage.ledger.LedgerContract;
import org.amrelay.storage.quarantine.QuarantineContract;
import org.amrelay.storage.queue.DeliveryStoreContract;
import org.amrelay.storage.report.ReportContract;
import org.amrelay.storage.repository.RepositoryContract;
import org.amrelay.storage.spool.HandOverContract;
import org.amrelay.storage.spool.SpoolContract;
import org.amrelay.storage.suppression.SuppressionContract;
import org.amrelay.storage.tls.TlsContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteContractTest
        implements SpoolContract,
                HandOverContract,
                DeliveryStoreContract,
                LedgerContract,
                RepositoryContract,
                AccountContract,
                ContainmentContract,
                TlsContract,
                SuppressionContract,
                DkimKeyContract,
                ReportContract,
                QuarantineContract {
    @TempDir
    Path directory;

    private RelayStorage storage;

    @BeforeEach
    void opens() {
        storage = RelayStorage.openSqlite(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void closes() {
        storage.close();
    }

    @Override
    public RelayStorage storage() {
        return storage;
    }

    @Override
    public RelayStorage reopened() {
        storage.close();
        opens();
        return storage;
    }
}
