// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage;

import org.amrelay.authentication.keys.DkimKeyStore;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.delivery.queue.DeliveryStore;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Domains;
import org.amrelay.storage.account.Rewrites;
import org.amrelay.storage.ledger.Ledger;
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
    public Domains domains() {
        return engine.domains();
    }

    @Override
    public Rewrites rewrites() {
        return engine.rewrites();
    }

    @Override
    public Repositories repositories() {
        return engine.repositories();
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
    public void close() {
        engine.close();
    }
}
