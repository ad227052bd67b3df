// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amrelay.authentication.arc.ArcResult;
import org.amrelay.authentication.arc.ArcResult.Hop;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.syntax.DomainNames;

/**
 * Forwarders whose word counts: when the chain holds, and only such hops changed the message since one of them saw it
 * pass DMARC, the failure here is the forwarder's doing (RFC 8617 §7.2, RFC 9989 §5.3.6).
 *
 * <p>Immutable.
 *
 * @param domains in lower case; domains below them are trusted as well
 */
public record TrustedSealers(Set<String> domains) {
    public TrustedSealers {
        domains =
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Nobody is trusted. */
    public static TrustedSealers none() {
        return new TrustedSealers(Set.of());
    }

    /** The sealer that vouches for a message that failed; empty when none does, or when it did not fail. */
    public Optional<String> vouching(DmarcResult dmarc, ArcResult arc) {
        if (dmarc.failure().isEmpty() || arc.status() != ArcResult.Status.PASS) {
            return Optional.empty();
        }
        List<Hop> hops = arc.hops();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(hops.get(i).domain()); i--) {
            if (sawItPass(hops.get(i), dmarc.authorDomain())) {
                return Optional.of(hops.get(i).domain());
            }
        }
        return Optional.empty();
    }

    private boolean isTrusted(String sealer) {
        String name = sealer.toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain -> DomainNames.isWithin(name, domain));
    }

    private static boolean sawItPass(Hop hop, String author) {
        return hop.results()
                .filter(results -> results.of("dmarc").stream().anyMatch(dmarc -> isPassOf(dmarc, author)))
                .isPresent();
    }

    private static boolean isPassOf(MethodResult dmarc, String author) {
        return dmarc.result().equals("pass")
                && dmarc.property("header", "from")
                        .map(domain -> domain.substring(domain.lastIndexOf('@') + 1))
                        .filter(author::equalsIgnoreCase)
                        .isPresent();
    }
}
