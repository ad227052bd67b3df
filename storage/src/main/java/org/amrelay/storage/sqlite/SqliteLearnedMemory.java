// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.learning.LearnedMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people taught about spam, in {@code learned_spam}. */
final class SqliteLearnedMemory implements LearnedMemory {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLearnedMemory.class);
    private static final String NAMES = "SELECT name FROM learned_spam";
    private static final String LOAD = "SELECT learned FROM learned_spam WHERE name = ?";
    private static final String KEEP = """
            INSERT INTO learned_spam (name, learned, changed_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (name) DO UPDATE SET learned = ?2, changed_at = ?3""";

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    SqliteLearnedMemory(Parts parts) {
        this.writer = parts.writer();
        this.readers = parts.readers();
        this.clock = parts.clock();
    }

    @Override
    public Set<String> names() {
        return readers.read(tables -> new HashSet<>(tables.list(NAMES, row -> row.getString(1))));
    }

    @Override
    public Optional<byte[]> load(String name) {
        return readers.read(tables -> tables.list(LOAD, row -> row.getBytes(1), name)).stream()
                .findFirst();
    }

    @Override
    public void keep(String name, byte[] learned) {
        long now = clock.millis();
        writer.submit(learned.length, tables -> tables.update(KEEP, name, learned, now), changed -> {})
                .whenComplete((changed, failure) -> {
                    if (failure != null) {
                        LOG.warn("what {} was taught is not kept: {}", name, failure.getMessage());
                    }
                });
    }
}
