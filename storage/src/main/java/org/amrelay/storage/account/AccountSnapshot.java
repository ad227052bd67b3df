// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.authentication.containment.Contained;

/**
 * Who and what a relay knew at one moment, for those who only look: no credentials.
 *
 * <p>Immutable.
 *
 * @param accounts names of accounts, in lower case
 * @param domains whose mail the relay takes, in lower case
 * @param rewrites targets by source, in their order
 * @param identities what accounts may send under besides their own names, by account
 * @param contained accounts whose mail is held
 */
public record AccountSnapshot(
        Set<String> accounts,
        Set<String> domains,
        Map<String, List<String>> rewrites,
        Map<String, List<String>> identities,
        List<Contained> contained) {
    public AccountSnapshot {
        accounts = Set.copyOf(accounts);
        domains = Set.copyOf(domains);
        rewrites = Map.copyOf(rewrites);
        identities = Map.copyOf(identities);
        contained = List.copyOf(contained);
    }

    /** Of a relay that was never started. */
    public static AccountSnapshot empty() {
        return new AccountSnapshot(Set.of(), Set.of(), Map.of(), Map.of(), List.of());
    }
}
