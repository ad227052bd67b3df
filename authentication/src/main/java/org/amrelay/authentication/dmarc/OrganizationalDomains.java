// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.Dns;

/** Whether two names belong to the same organization, by the tree walk of RFC 9989 §4.10.2. Safe for several threads. */
public final class OrganizationalDomains {
    private final TreeWalk walk;

    public OrganizationalDomains(Dns dns) {
        this.walk = new TreeWalk(dns);
    }

    /** Asks for both names at the same time; empty when the DNS could not say. The stage completes normally. */
    public CompletionStage<Optional<Boolean>> areSame(String one, String other) {
        return walk.from(one)
                .thenCombine(
                        walk.from(other),
                        (first, second) -> first.failure().isPresent()
                                        || second.failure().isPresent()
                                ? Optional.empty()
                                : Optional.of(first.organizationalDomain().equals(second.organizationalDomain())));
    }
}
