// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.amrelay.authentication.containment.ContainmentStore;
import org.amrelay.authentication.greylist.GreylistEntry;
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
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.Domains;
import org.amrelay.storage.account.FurtherCredentials;
import org.amrelay.storage.account.GrantedIdentities;
import org.amrelay.storage.account.Rewrites;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.Spool;

/** Stands where the storage stands: knows who is known, remembers what is stored, writes nothing. */
record RecordingStorage(KnownAccounts known, RecordingSpool recorder, SuppressionStore suppressions)
        implements RelayStorage {
    private static UnsupportedOperationException refuse(String part) {
        return new UnsupportedOperationException("an explanation has no " + part);
    }

    @Override
    public Spool spool() {
        return recorder;
    }

    @Override
    public HandOver handOver() {
        return (item, outcome) -> {
            throw refuse("hand-over");
        };
    }

    @Override
    public DeliveryStore deliveries() {
        throw refuse("delivery");
    }

    @Override
    public Ledger ledger() {
        throw refuse("ledger");
    }

    @Override
    public Accounts accounts() {
        return known.accounts();
    }

    /** A conversation that is rehearsed begins behind the log-in. */
    @Override
    public FurtherCredentials furtherCredentials() {
        return new NoFurtherCredentials();
    }

    /** What is explained is the mail, not the patience with its client. */
    @Override
    public Bans bans() {
        return new NobodyBanned();
    }

    /** Who is contained is known; nobody gets contained by being explained. */
    @Override
    public ContainmentStore containment() {
        return ContainmentStore.of(known.snapshot().contained());
    }

    @Override
    public GrantedIdentities identities() {
        return new KnownIdentities(known.snapshot().identities());
    }

    @Override
    public Domains domains() {
        return known.domains();
    }

    @Override
    public Rewrites rewrites() {
        return known.rewrites();
    }

    @Override
    public Repositories repositories() {
        return new EmptyRepositories();
    }

    @Override
    public ShapingMemory shapingMemory() {
        return ShapingMemory.none();
    }

    @Override
    public StsPolicyStore stsPolicies() {
        throw refuse("MTA-STS policies");
    }

    @Override
    public TlsCountStore tlsCounts() {
        throw refuse("TLS reports");
    }

    @Override
    public TlsReportStore tlsReports() {
        return TlsReportStore.none();
    }

    @Override
    public DkimKeyStore dkimKeys() {
        throw refuse("keys");
    }

    @Override
    public ReportStore reports() {
        return new NothingReported();
    }

    @Override
    public QuarantineStores quarantine() {
        throw refuse("quarantine");
    }

    @Override
    public LearnedMemory learnedSpam() {
        return LearnedMemory.none();
    }

    @Override
    public QuarantineTakeOver quarantineTakeOver() {
        throw refuse("quarantine");
    }

    /** Every stranger is new: what a first attempt meets is what is to be explained. */
    @Override
    public GreylistStore greylist() {
        return new GreylistStore() {
            @Override
            public CompletionStage<GreylistEntry> update(
                    String key, Function<Optional<GreylistEntry>, GreylistEntry> change, Instant forgetBefore) {
                return CompletableFuture.completedFuture(change.apply(Optional.empty()));
            }

            @Override
            public CompletionStage<Optional<GreylistEntry>> find(String key) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        };
    }

    @Override
    public void close() {}
}
