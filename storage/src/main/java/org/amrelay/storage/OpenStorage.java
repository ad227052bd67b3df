// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage;

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
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.spool.HandOver;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.sqlite.SqliteEngine;

/** The storage on SQLite, in a class of its own so that the engine does not know the entry. */
record OpenStorage(SqliteEngine engine) implements RelayStorage {
    @Override
    public Spool spool() {
        return engine.spool();
    }

    @Override
    public HandOver handOver() {
        return engine.handOver();
    }

    @Override
    public DeliveryStore deliveries() {
        return engine.deliveries();
    }

    @Override
    public Ledger ledger() {
        return engine.ledger();
    }

    @Override
    public Accounts accounts() {
        return engine.accounts();
    }

    @Override
    public FurtherCredentials furtherCredentials() {
        return engine.furtherCredentials();
    }

    @Override
    public Bans bans() {
        return engine.bans();
    }

    @Override
    public ContainmentStore containment() {
        return engine.containment();
    }

    @Override
    public GrantedIdentities identities() {
        return engine.identities();
    }

    @Override
    public Domains domains() {
        return engine.domains();
    }

    @Override
    public Rewrites rewrites() {
        return engine.rewrites();
    }

    @Override
    public GreylistStore greylist() {
        return engine.greylist();
    }

    @Override
    public Repositories repositories() {
        return engine.repositories();
    }

    @Override
    public ShapingMemory shapingMemory() {
        return engine.shapingMemory();
    }

    @Override
    public StsPolicyStore stsPolicies() {
        return engine.stsPolicies();
    }

    @Override
    public TlsCountStore tlsCounts() {
        return engine.tlsCounts();
    }

    @Override
    public TlsReportStore tlsReports() {
        return engine.tlsReports();
    }

    @Override
    public SuppressionStore suppressions() {
        return engine.suppressions();
    }

    @Override
    public DkimKeyStore dkimKeys() {
        return engine.dkimKeys();
    }

    @Override
    public ReportStore reports() {
        return engine.reports();
    }

    @Override
    public QuarantineStores quarantine() {
        return engine.quarantine();
    }

    @Override
    public LearnedMemory learnedSpam() {
        return engine.learnedSpam();
    }

    @Override
    public QuarantineTakeOver quarantineTakeOver() {
        return engine.quarantineTakeOver();
    }

    @Override
    public void close() {
        engine.close();
    }
}
