// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.mtasts.KeptPolicy;
import org.amrelay.delivery.mtasts.StsPolicyParser;
import org.amrelay.delivery.mtasts.StsPolicyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Policies of domains as their text; what cannot be read any more is left out. */
final class SqliteStsPolicies implements StsPolicyStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStsPolicies.class);
    private static final String ALL = "SELECT domain, id, policy, fetched_at FROM sts_policy";
    private static final String KEEP = "INSERT INTO sts_policy (domain, id, policy, fetched_at) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (domain) DO UPDATE SET id=excluded.id, policy=excluded.policy,"
            + " fetched_at=excluded.fetched_at";
    private static final String FORGET = "DELETE FROM sts_policy WHERE domain = ?";

    private final Readers readers;
    private final Writer writer;

    SqliteStsPolicies(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<KeptPolicy> all() {
        return readers.read(tables -> tables.list(ALL, SqliteStsPolicies::read)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<KeptPolicy> read(ResultSet row) throws SQLException {
        String domain = row.getString(1);
        String id = row.getString(2);
        Instant fetchedAt = Instant.ofEpochMilli(row.getLong(4));
        return StsPolicyParser.parse(row.getString(3))
                .policy()
                .map(policy -> new KeptPolicy(domain, id, policy, fetchedAt));
    }

    @Override
    public void keep(KeptPolicy policy) {
        String text = String.join("\n", policy.policy().lines());
        write(tables -> tables.update(
                KEEP, policy.domain(), policy.id(), text, policy.fetchedAt().toEpochMilli()));
    }

    @Override
    public void forget(String domain) {
        write(tables -> tables.update(FORGET, domain));
    }

    private void write(Write<Integer> write) {
        writer.submit(0, write, rows -> {}).whenComplete((rows, error) -> {
            if (error != null) {
                LOG.warn("an MTA-STS policy is kept in memory only: {}", error.getMessage());
            }
        });
    }
}
