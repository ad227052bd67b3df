// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.mail.address.EmailAddress;

/** Suppressed addresses: rows on disk, answers from {@link SuppressionIndex}. */
final class SqliteSuppressions implements SuppressionStore {
    private static final String EXISTS = "SELECT 1 FROM suppression WHERE account = ? AND address = ?";
    private static final String PUT = """
            INSERT INTO suppression (account, address, reason, source, since, until) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, address) DO UPDATE SET
            reason = excluded.reason, source = excluded.source, since = excluded.since, until = excluded.until""";
    private static final String REMOVE = "DELETE FROM suppression WHERE account = ? AND address = ?";
    private static final String COLUMNS = "SELECT id, account, address, reason, source, since, until FROM suppression";
    private static final String RUNNING = " WHERE id > ?1 AND (until IS NULL OR until > ?2) AND instr(address, ?3) > 0";
    private static final String LIST = COLUMNS + RUNNING + " ORDER BY id LIMIT ?4";
    private static final String LIST_OF = COLUMNS + RUNNING + " AND account = ?5 ORDER BY id LIMIT ?4";
    private static final String BOUNCED = "INSERT INTO hard_bounce (account, address, at) VALUES (?, ?, ?)";
    private static final String COUNT =
            "SELECT count(*) FROM hard_bounce WHERE address = ? AND account = ? AND at >= ?";
    private static final String FORGET = "DELETE FROM hard_bounce WHERE at < ?";

    private final Parts parts;
    private final SuppressionIndex index;

    SqliteSuppressions(Parts parts) {
        this.parts = parts;
        this.index = parts.readers().read(SuppressionIndex::read);
    }

    @Override
    public Optional<SuppressionReason> suppressed(Optional<String> account, EmailAddress address, Instant now) {
        return index.find(account, address, now);
    }

    @Override
    public CompletionStage<Integer> put(List<Suppression> entries) {
        List<Suppression> all = List.copyOf(entries);
        return parts.writer()
                .submit(
                        0,
                        tables -> {
                            int added = 0;
                            for (Suppression entry : all) {
                                added += put(tables, entry);
                            }
                            return added;
                        },
                        done -> all.forEach(this::remember));
    }

    private static int put(Statements tables, Suppression entry) throws SQLException {
        String account = entry.account().orElse("");
        String address = entry.address().toString();
        boolean known = tables.exists(EXISTS, account, address);
        tables.update(
                PUT,
                account,
                address,
                entry.reason().word(),
                entry.source(),
                entry.since().toEpochMilli(),
                entry.until().map(Instant::toEpochMilli).orElse(null));
        return known ? 0 : 1;
    }

    private void remember(Suppression entry) {
        index.put(
                entry.account().orElse(""),
                entry.address().toString(),
                entry.reason(),
                entry.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    }

    @Override
    public CompletionStage<Boolean> remove(Optional<String> account, EmailAddress address) {
        String name = account.orElse("").toLowerCase(Locale.ROOT);
        String key = Suppression.key(address).toString();
        return parts.writer()
                .submit(0, tables -> tables.update(REMOVE, name, key) == 1, done -> index.remove(name, key));
    }

    @Override
    public CompletionStage<Integer> countHardBounce(String account, EmailAddress address, Instant at, Instant since) {
        String name = account.toLowerCase(Locale.ROOT);
        String key = Suppression.key(address).toString();
        return parts.writer()
                .submit(
                        0,
                        tables -> {
                            tables.update(FORGET, since.toEpochMilli());
                            tables.update(BOUNCED, name, key, at.toEpochMilli());
                            return (int) tables.number(COUNT, key, name, since.toEpochMilli());
                        },
                        done -> {});
    }

    @Override
    public List<Listed> list(Optional<String> account, String address, long afterId, int limit, Instant now) {
        String part = address.toLowerCase(Locale.ROOT);
        long millis = now.toEpochMilli();
        return parts.readers()
                .read(tables -> account.isPresent()
                        ? tables.list(
                                LIST_OF,
                                SqliteSuppressions::listed,
                                afterId,
                                millis,
                                part,
                                limit,
                                account.get().toLowerCase(Locale.ROOT))
                        : tables.list(LIST, SqliteSuppressions::listed, afterId, millis, part, limit));
    }

    private static Listed listed(ResultSet row) throws SQLException {
        String account = row.getString(2);
        long until = row.getLong(7);
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
        return new Listed(
                row.getLong(1),
                new Suppression(
                        account.isEmpty() ? Optional.empty() : Optional.of(account),
                        DeliveryRows.address(row.getString(3)),
                        SuppressionIndex.reason(row.getString(4)),
                        row.getString(5),
                        Instant.ofEpochMilli(row.getLong(6)),
                        end));
    }
}
