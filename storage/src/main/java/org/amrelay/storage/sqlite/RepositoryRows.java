// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.repository.RepositoryStore;

/** The tables {@code repository} and {@code repository_mail}; every mail there owns its body. */
final class RepositoryRows {
    private static final String URLS = "SELECT url FROM repository ORDER BY url";
    private static final String ID = "SELECT id FROM repository WHERE url = ?";
    private static final String CREATE = "INSERT INTO repository (id, url) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String INSERT =
            "INSERT INTO repository_mail (id, repository_id, mail_key, mail) VALUES (?, ?, ?, ?)";
    private static final String FIND_ID = "SELECT id FROM repository_mail WHERE repository_id = ? AND mail_key = ?";
    private static final String DELETE = "DELETE FROM repository_mail WHERE id = ?";
    private static final String FIND = """
            SELECT m.id, m.mail FROM repository_mail m JOIN repository r ON r.id = m.repository_id
            WHERE r.url = ? AND m.mail_key = ?""";
    private static final String KEYS = """
            SELECT m.mail_key FROM repository_mail m JOIN repository r ON r.id = m.repository_id
            WHERE r.url = ? AND m.mail_key > ? ORDER BY m.mail_key LIMIT ?""";
    private static final String SIZE =
            "SELECT count(*) FROM repository_mail m JOIN repository r ON r.id = m.repository_id WHERE r.url = ?";

    private final Ids ids;
    private final Bodies bodies;

    RepositoryRows(Ids ids, Bodies bodies) {
        this.ids = ids;
        this.bodies = bodies;
    }

    PreparedStore prepare(RepositoryStore store) {
        long id = ids.next();
        PreparedBody body = bodies.prepare(Ids.of(id, 0), store.mail().content());
        return new PreparedStore(id, store, body, StoredMailCodec.write(store.mail()), new AtomicLong());
    }

    void write(Statements tables, PreparedStore prepared) throws SQLException {
        long repository = create(tables, prepared.store().url());
        String key = prepared.store().key();
        long before =
                tables.first(FIND_ID, row -> row.getLong(1), repository, key).orElse(0L);
        prepared.replaced().set(before);
        if (before != 0) {
            delete(tables, before);
        }
        bodies.insert(tables, prepared.body());
        tables.update(INSERT, prepared.id(), repository, key, prepared.snapshot());
    }

    void committed(PreparedStore prepared) {
        if (prepared.replaced().get() != 0) {
            bodies.forget(prepared.replaced().get());
        }
    }

    long create(Statements tables, String url) throws SQLException {
        Optional<Long> known = tables.first(ID, row -> row.getLong(1), url);
        if (known.isPresent()) {
            return known.get();
        }
        long id = ids.next();
        tables.update(CREATE, id, url);
        return id;
    }

    /** Deletes a mail with its body; returns its id when it was there. */
    Optional<Long> delete(Statements tables, String url, String key) throws SQLException {
        Optional<Long> repository = tables.first(ID, row -> row.getLong(1), url);
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> id = tables.first(FIND_ID, row -> row.getLong(1), repository.get(), key);
        if (id.isPresent()) {
            delete(tables, id.get());
        }
        return id;
    }

    private void delete(Statements tables, long id) throws SQLException {
        tables.update(DELETE, id);
        bodies.delete(tables, id);
    }

    Optional<StoredMail> find(Statements tables, String url, String key) throws SQLException {
        return tables.first(
                FIND,
                row -> {
                    long id = row.getLong(1);
                    return StoredMailCodec.read(row.getBytes(2), size -> bodies.stored(Ids.of(id, 0), size));
                },
                url,
                key);
    }

    List<String> urls(Statements tables) throws SQLException {
        return tables.list(URLS, row -> row.getString(1));
    }

    List<String> keys(Statements tables, String url, String after, int limit) throws SQLException {
        return tables.list(KEYS, row -> row.getString(1), url, after, limit);
    }

    long size(Statements tables, String url) throws SQLException {
        return tables.number(SIZE, url);
    }
}
