// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What shaping remembers, in {@code shaping_memory}; what nobody changed for 90 days is forgotten at a start. */
final class SqliteShapingMemory implements ShapingMemory {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteShapingMemory.class);
    private static final String LOAD = "SELECT name, value FROM shaping_memory WHERE changed_at >= ?";
    private static final String FORGET = "DELETE FROM shaping_memory WHERE changed_at < ?";
    private static final String KEEP = """
            INSERT INTO shaping_memory (name, value, changed_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (name) DO UPDATE SET value = ?2, changed_at = ?3""";
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    SqliteShapingMemory(Parts parts) {
        this.writer = parts.writer();
        this.readers = parts.readers();
        this.clock = parts.clock();
    }

    @Override
    public Map<String, String> load() {
        long since = clock.millis() - REMEMBERED.toMillis();
        submit(tables -> tables.update(FORGET, since), "old notes");
        return readers.read(tables -> {
            Map<String, String> found = new HashMap<>();
            tables.each(LOAD, row -> found.put(row.getString(1), row.getString(2)), since);
            return found;
        });
    }

    @Override
    public void keep(String name, String value) {
        long now = clock.millis();
        submit(tables -> tables.update(KEEP, name, value, now), name);
    }

    private void submit(Write<Integer> write, String what) {
        writer.submit(0, write, changed -> {}).whenComplete((changed, failure) -> {
            if (failure != null) {
                LOG.warn("{}: not remembered: {}", what, failure.getMessage());
            }
        });
    }
}
