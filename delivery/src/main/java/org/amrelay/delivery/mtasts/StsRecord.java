// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.util.List;
import java.util.Optional;

/**
 * The TXT record that tells that a domain has a policy, and which version (RFC 8461 §3.1).
 *
 * @param id changes with the policy
 */
public record StsRecord(String id) {
    private static final int LONGEST_ID = 32;

    /** The record among all of a name; none unless there is exactly one of this kind, well-formed. */
    public static Optional<StsRecord> among(List<String> records) {
        List<String> candidates =
                records.stream().filter(StsRecord::isOfThisKind).toList();
        return candidates.size() == 1 ? parse(candidates.get(0)) : Optional.empty();
    }

    private static boolean isOfThisKind(String text) {
        if (!text.startsWith("v=STSv1")) {
            return false;
        }
        String rest = text.substring("v=STSv1".length()).stripLeading();
        return rest.isEmpty() || rest.startsWith(";");
    }

    private static Optional<StsRecord> parse(String text) {
        Optional<StsRecord> found = Optional.empty();
        for (String field : text.split(";", -1)) {
            String stripped = field.strip();
            if (stripped.startsWith("id=")) {
                String id = stripped.substring(3).strip();
                if (found.isPresent() || !isId(id)) {
                    return Optional.empty();
                }
                found = Optional.of(new StsRecord(id));
            }
        }
        return found;
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST_ID
                && id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z');
    }
}
