// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a field such as Content-Type, decoded (RFC 2045 §5.1, RFC 2231).
 *
 * <p>A parameter that is there several times, or in several ways of writing, keeps all its values that differ, in their
 * order, because mail programs choose differently. Immutable.
 *
 * @param values by name in lower case; no list is empty
 * @param isIntact false when something had to be guessed
 */
public record Parameters(Map<String, List<String>> values, boolean isIntact) {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of(), true);

    public Parameters {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        values = Collections.unmodifiableMap(copy);
    }

    /** What most programs take: the first value. */
    public Optional<String> value(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.get(0));
    }

    /** All values of a name. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
