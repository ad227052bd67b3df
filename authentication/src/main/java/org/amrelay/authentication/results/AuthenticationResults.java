// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.results;

import java.util.List;
import java.util.Optional;

/**
 * What one service found out about a message (RFC 8601 §2.2).
 *
 * <p>Immutable.
 *
 * @param authservId the service, usually the name of its host
 * @param results in their order; empty when nothing was evaluated
 */
public record AuthenticationResults(String authservId, List<MethodResult> results) {
    public AuthenticationResults {
        results = List.copyOf(results);
    }

    /**
     * The result of one method.
     *
     * @param method {@code spf}, {@code dkim}, ..., in lower case
     * @param result {@code pass}, {@code fail}, ..., in lower case
     */
    public record MethodResult(String method, String result, Optional<String> reason, List<Property> properties) {
        public MethodResult {
            properties = List.copyOf(properties);
        }

        public static MethodResult of(String method, String result, String reason, Property... properties) {
            return new MethodResult(
                    method, result, reason.isEmpty() ? Optional.empty() : Optional.of(reason), List.of(properties));
        }

        /** The value of a property, as in {@code property("header", "d")}. */
        public Optional<String> property(String type, String name) {
            return properties.stream()
                    .filter(p -> p.type().equals(type) && p.name().equals(name))
                    .map(Property::value)
                    .findFirst();
        }
    }

    /**
     * What a result is about.
     *
     * @param type {@code smtp}, {@code header}, {@code body} or {@code policy}
     */
    public record Property(String type, String name, String value) {}

    /** The results of a method, in their order. */
    public List<MethodResult> of(String method) {
        return results.stream().filter(r -> r.method().equals(method)).toList();
    }
}
