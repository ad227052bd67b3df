// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.results.AuthenticationResults;

/**
 * What the chain of a message is worth (RFC 8617 §4.4).
 *
 * <p>Immutable.
 *
 * @param instances the largest instance that was found; the next hop's is one more
 * @param hops from the first to the last; empty unless the status is {@code PASS}
 * @param oldestPass the first instance since which the message was not changed; 0 when it never was (RFC 8617 §5.2)
 * @param reason why the chain is broken; may be empty
 * @param temporary broken because the DNS did not say; RFC 8617 §7.2 makes that final, policies need not
 * @param closed an earlier hop has already said that the chain is broken, so that nobody adds to it any more
 */
public record ArcResult(
        Status status,
        int instances,
        List<Hop> hops,
        int oldestPass,
        String reason,
        boolean temporary,
        boolean closed) {
    /** The states of a chain. */
    public enum Status {
        /** There is no chain. */
        NONE,
        PASS,
        FAIL;

        /** The word in {@code cv=} and in header fields. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One hop that sealed.
     *
     * @param domain {@code d=} of its seal
     * @param results what it found out; empty when that cannot be read
     */
    public record Hop(int instance, String domain, Optional<AuthenticationResults> results) {}

    public ArcResult {
        hops = List.copyOf(hops);
    }
}
