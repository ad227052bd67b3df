// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.amrelay.storage.account.Rewrites;

/** Rewrites, all in memory. */
final class SqliteRewrites implements Rewrites {
    private static final String ALL = "SELECT source, target FROM rewrite ORDER BY id";
    private static final String ADD = "INSERT INTO rewrite (source, target) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String REMOVE = "DELETE FROM rewrite WHERE source = ? AND target = ?";

    private final Changes changes;
    private final ConcurrentHashMap<String, List<String>> bySource = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, List<String>> byTarget = new ConcurrentHashMap<>();

    SqliteRewrites(Statements tables, Changes changes) throws SQLException {
        this.changes = changes;
        for (List<String> pair : tables.list(ALL, row -> List.of(row.getString(1), row.getString(2)))) {
            added(pair.get(0), pair.get(1));
        }
    }

    private void added(String source, String target) {
        bySource.merge(source, List.of(target), SqliteRewrites::with);
        byTarget.merge(target, List.of(source), SqliteRewrites::with);
    }

    private static List<String> with(List<String> known, List<String> more) {
        List<String> all = new ArrayList<>(known);
        all.addAll(more);
        return List.copyOf(all);
    }

    private void removed(String source, String target) {
        without(bySource, source, target);
        without(byTarget, target, source);
    }

    private static void without(ConcurrentHashMap<String, List<String>> map, String key, String value) {
        map.computeIfPresent(key, (same, known) -> {
            List<String> left =
                    known.stream().filter(text -> !text.equals(value)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    @Override
    public List<String> targets(String source) {
        return bySource.getOrDefault(source, List.of());
    }

    @Override
    public List<String> sourcesOf(String target) {
        return byTarget.getOrDefault(target, List.of()).stream().sorted().toList();
    }

    @Override
    public Map<String, List<String>> all() {
        return new LinkedHashMap<>(bySource);
    }

    @Override
    public boolean add(String source, String target) {
        return changes.write(tables -> tables.update(ADD, source, target) == 1, () -> added(source, target));
    }

    @Override
    public boolean remove(String source, String target) {
        return changes.write(tables -> tables.update(REMOVE, source, target) == 1, () -> removed(source, target));
    }
}
