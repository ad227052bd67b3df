// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The questions that a test may ask with {@code check: name}. Stateless. */
final class Checks {
    private static final Map<String, Check> ALL = collect();

    private Checks() {}

    private static Map<String, Check> collect() {
        Map<String, Check> all = new TreeMap<>();
        all.putAll(HeaderChecks.all());
        all.putAll(SenderChecks.all());
        all.putAll(TextChecks.all());
        all.putAll(LinkChecks.all());
        all.putAll(FileChecks.all());
        all.putAll(OriginChecks.all());
        return Map.copyOf(all);
    }

    static Optional<Check> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Map<String, Check> named() {
        return ALL;
    }
}
