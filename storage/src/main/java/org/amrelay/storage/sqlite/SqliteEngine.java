// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.Domains;
import org.amrelay.storage.account.FurtherCredentials;
import org.amrelay.storage.account.GrantedIdentities;
import org.amrelay.storage.account.Rewrites;
import org.amrelay.storage.failure.Faults;
import org.amrelay.storage.failure.StorageUnavailable;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open directory: the lock, the database, the bodies, and the stores on them.
 *
 * <p>Safe for several threads.
 */
public final class SqliteEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final DirectoryLock lock;
    private final Parts parts;
    private final SqliteSpool spool;
    private final SqliteDeliveries deliveries;
    private final SqliteHandOver handOver;
    private final SqliteRepositories repositories;
    private final SqliteLedger ledger;
    private final SqliteIdentities identities;
    private final SqliteFurtherCredentials furtherCredentials;
    private final SqliteContainment containment;
    private final SqliteBans bans;
    private final SqliteAccounts accounts;
    private final SqliteDomains domains;
    private final SqliteRewrites rewrites;
    private final SqliteGreylist greylist;
    private final SqliteStsPolicies stsPolicies;
    private final SqliteTlsCounts tlsCounts;
    private final SqliteTlsReports tlsReports;
    private final SqliteSuppressions suppressions;
    private final SqliteDkimKeys dkimKeys;
    private final SqliteReports reports;
    private final SqliteQuarantine quarantine;
    private final SqliteQuarantineDigests digests;
    private final Upkeep upkeep;

    private SqliteEngine(DirectoryLock lock, Parts parts, SqliteSettings settings) {
        this.lock = lock;
        this.parts = parts;
        this.spool = new SqliteSpool(parts);
        this.deliveries = new SqliteDeliveries(parts, spool::announce);
        RepositoryRows repositoryRows = new RepositoryRows(parts.ids(), parts.bodies());
        this.handOver = new SqliteHandOver(parts, spool, deliveries, repositoryRows);
        this.quarantine = new SqliteQuarantine(parts, spool::announce);
        this.digests = new SqliteQuarantineDigests(parts, spool::announce);
        this.repositories = new SqliteRepositories(parts, repositoryRows);
        this.ledger = new SqliteLedger(parts, deliveries);
        Changes changes = new Changes(parts.writer());
        this.identities = parts.readers().read(tables -> new SqliteIdentities(tables, changes));
        this.furtherCredentials = parts.readers().read(tables -> new SqliteFurtherCredentials(tables, changes));
        this.containment = new SqliteContainment(parts.readers(), changes, parts.clock());
        this.accounts =
                new SqliteAccounts(parts.readers(), changes, List.of(identities, furtherCredentials, containment));
        this.bans = parts.readers().read(tables -> new SqliteBans(tables, changes));
        this.domains = parts.readers().read(tables -> new SqliteDomains(tables, changes));
        this.rewrites = parts.readers().read(tables -> new SqliteRewrites(tables, changes));
        this.greylist = new SqliteGreylist(parts.writer());
        this.stsPolicies = new SqliteStsPolicies(parts.readers(), parts.writer());
        this.tlsCounts = new SqliteTlsCounts(parts.readers(), parts.writer());
        this.tlsReports = new SqliteTlsReports(parts.readers(), changes);
        this.suppressions = new SqliteSuppressions(parts);
        this.dkimKeys = new SqliteDkimKeys(parts.readers(), changes);
        this.reports = new SqliteReports(parts.readers(), changes);
        this.upkeep = new Upkeep(ledger, settings.keepFinished());
        upkeep.start();
    }

    /**
     * Opens a directory, which is made when it is missing.
     *
     * @throws StorageUnavailable when the disk refuses; {@code HomeInUse} and {@code HomeTooNew} as they say
     */
    public static SqliteEngine open(Path directory, Clock clock, SqliteSettings settings, Faults faults) {
        DirectoryLock lock = DirectoryLock.take(directory, clock.instant());
        try {
            return open(lock, directory, clock, settings, faults);
        } catch (SQLException | IOException e) {
            release(lock);
            throw new StorageUnavailable("cannot open the storage in " + directory + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static SqliteEngine open(
            DirectoryLock lock, Path directory, Clock clock, SqliteSettings settings, Faults faults)
            throws SQLException, IOException {
        Connections connections = new Connections(directory, settings);
        new Schema(connections, directory).prepare();
        Readers readers = new Readers(connections, settings.patience());
        Writer writer = new Writer(connections, settings, faults);
        try {
            Bodies bodies = new Bodies(directory, readers, settings, faults);
            SpoolRows spoolRows = new SpoolRows(bodies);
            SpoolIndex spoolIndex = new SpoolIndex();
            DeliveryRows deliveryRows = new DeliveryRows(bodies);
            LaneIndex laneIndex = new LaneIndex();
            Ids ids = readers.read(tables -> {
                bodies.deleteOrphans(tables);
                spoolRows.fill(tables, spoolIndex);
                deliveryRows.fill(tables, laneIndex);
                return Ids.after(tables);
            });
            Fresh<org.amrelay.storage.spool.SpoolItem> items = new Fresh<>(settings.freshBytes());
            Space space = new Space(directory, settings.reserve());
            Intake intake = new Intake(ids, clock, bodies, spoolRows, spoolIndex, items);
            return new SqliteEngine(
                    lock,
                    new Parts(
                            clock,
                            writer,
                            readers,
                            space,
                            ids,
                            bodies,
                            intake,
                            spoolRows,
                            spoolIndex,
                            items,
                            deliveryRows,
                            laneIndex,
                            new DeliveryClaims(),
                            new Fresh<>(settings.freshBytes())),
                    settings);
        } catch (RuntimeException | IOException e) {
            writer.close();
            readers.close();
            throw e;
        }
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the directory's lock does not close: {}", e.toString());
        }
    }

    public Spool spool() {
        return spool;
    }

    public HandOver handOver() {
        return handOver;
    }

    public DeliveryStore deliveries() {
        return deliveries;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Accounts accounts() {
        return accounts;
    }

    public FurtherCredentials furtherCredentials() {
        return furtherCredentials;
    }

    public Bans bans() {
        return bans;
    }

    public ContainmentStore containment() {
        return containment;
    }

    public GrantedIdentities identities() {
        return identities;
    }

    public Domains domains() {
        return domains;
    }

    public Rewrites rewrites() {
        return rewrites;
    }

    public LearnedMemory learnedSpam() {
        return new SqliteLearnedMemory(parts);
    }

    public ShapingMemory shapingMemory() {
        return new SqliteShapingMemory(parts);
    }

    public GreylistStore greylist() {
        return greylist;
    }

    public Repositories repositories() {
        return repositories;
    }

    public StsPolicyStore stsPolicies() {
        return stsPolicies;
    }

    public TlsCountStore tlsCounts() {
        return tlsCounts;
    }

    public TlsReportStore tlsReports() {
        return tlsReports;
    }

    public SuppressionStore suppressions() {
        return suppressions;
    }

    public DkimKeyStore dkimKeys() {
        return dkimKeys;
    }

    public ReportStore reports() {
        return reports;
    }

    public QuarantineStores quarantine() {
        return new QuarantineStores(quarantine, new SqliteQuarantineStock(parts), digests, digests);
    }

    public QuarantineTakeOver quarantineTakeOver() {
        return quarantine;
    }

    /** A write of a test's. */
    <T> CompletableFuture<T> submit(Write<T> write) {
        return parts.writer().submit(0, write, result -> {});
    }

    /** How many transactions have been synced since the start. */
    long commits() {
        return parts.writer().commits();
    }

    @Override
    public void close() {
        upkeep.close();
        parts.writer().close();
        parts.readers().close();
        release(lock);
    }
}
