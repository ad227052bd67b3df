// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import org.amrelay.authentication.containment.ContainmentStore;
import org.amrelay.authentication.greylist.GreylistStore;
import org.amrelay.authentication.keys.DkimKeyStore;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.delivery.mtasts.StsPolicyStore;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.delivery.tlsreport.TlsCountStore;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.amrelay.filtering.quarantine.QuarantineStores;
import org.amrelay.filtering.spam.learning.LearnedMemory;
import org.amrelay.storage.account.AccountSnapshot;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.Domains;
import org.amrelay.storage.account.FurtherCredentials;
import org.amrelay.storage.account.GrantedIdentities;
import org.amrelay.storage.account.Rewrites;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.sqlite.SnapshotReader;
import org.amrelay.storage.sqlite.SqliteEngine;
import org.amrelay.storage.sqlite.SqliteSettings;

/**
 * Everything the relay keeps, opened once per process.
 *
 * <p>Safe for several threads. Closing ends the calls that are under way, completes or fails every stage, and gives the
 * directory free.
 */
public interface RelayStorage extends Closeable {
    /**
     * Opens the storage in a directory, which is made when it is missing.
     *
     * @throws org.amrelay.storage.failure.HomeInUse when another process has it open
     * @throws org.amrelay.storage.failure.HomeTooNew when a newer version wrote it
     * @throws org.amrelay.storage.failure.StorageUnavailable when it cannot be read or written
     */
    static RelayStorage openSqlite(Path directory, Clock clock) {
        return openSqlite(directory, clock, Faults.none());
    }

    /** The same with a disk that fails on purpose, for tests. */
    static RelayStorage openSqlite(Path directory, Clock clock, Faults faults) {
        return new OpenStorage(SqliteEngine.open(directory, clock, SqliteSettings.defaults(), faults));
    }

    /**
     * Looks at the accounts of a directory without opening it: nothing is written, and another process may have it open.
     *
     * @throws org.amrelay.storage.failure.StorageUnavailable when it cannot be read
     */
    static AccountSnapshot glance(Path directory) {
        return SnapshotReader.read(directory);
    }

    /**
     * The suppression list of a directory as it is now, with the same care; what is added to it is lost.
     *
     * @throws org.amrelay.storage.failure.StorageUnavailable when it cannot be read
     */
    static SuppressionStore glanceAtSuppressions(Path directory) {
        return SnapshotReader.suppressions(directory);
    }

    Spool spool();

    HandOver handOver();

    DeliveryStore deliveries();

    Ledger ledger();

    Accounts accounts();

    FurtherCredentials furtherCredentials();

    Bans bans();

    ContainmentStore containment();

    GrantedIdentities identities();

    Domains domains();

    Rewrites rewrites();

    Repositories repositories();

    /** What shaping remembers. */
    ShapingMemory shapingMemory();

    GreylistStore greylist();

    StsPolicyStore stsPolicies();

    TlsCountStore tlsCounts();

    TlsReportStore tlsReports();

    SuppressionStore suppressions();

    DkimKeyStore dkimKeys();

    ReportStore reports();

    QuarantineStores quarantine();

    /** What people taught about spam. */
    LearnedMemory learnedSpam();

    /** The way there from repositories. */
    QuarantineTakeOver quarantineTakeOver();

    @Override
    void close();
}
