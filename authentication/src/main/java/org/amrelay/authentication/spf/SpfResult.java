// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.Locale;
import java.util.Optional;

/**
 * What SPF says about a claim.
 *
 * <p>Immutable.
 *
 * @param status one of the seven results
 * @param query what was asked
 * @param reason why, for the log and the header: the directive that matched, or what is wrong
 * @param explanation what the domain wants the sender of a failed message to read, US-ASCII; only with FAIL
 */
public record SpfResult(Status status, SpfQuery query, String reason, Optional<String> explanation) {
    /** The results of check_host() (RFC 7208 §2.6). */
    public enum Status {
        /** No domain that could have a policy, or none published. */
        NONE,
        /** The domain says nothing about the client. */
        NEUTRAL,
        /** The client is allowed. */
        PASS,
        /** The client is not allowed. */
        FAIL,
        /** The client is probably not allowed. */
        SOFTFAIL,
        /** The DNS did not say; asking later may give another answer. */
        TEMPERROR,
        /** The published policy cannot be understood. */
        PERMERROR;

        /** The word in header fields (RFC 8601 §2.7.2). */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The domain that the result is about. */
    public String domain() {
        return query.domain();
    }

    /** Whether the domain takes responsibility for the client. */
    public boolean isPass() {
        return status == Status.PASS;
    }
}
