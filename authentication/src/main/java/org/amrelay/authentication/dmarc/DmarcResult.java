// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.util.Optional;

/**
 * What DMARC says of a message (RFC 9989 §5.3).
 *
 * <p>Immutable.
 */
public sealed interface DmarcResult {
    /** The domain has no policy, so that there is nothing to say. */
    record None(String domain, String reason) implements DmarcResult {}

    /**
     * The author's domain takes responsibility.
     *
     * @param published the policy that was found
     * @param by which identifier is aligned, for the log
     */
    record Pass(String domain, Published published, String by) implements DmarcResult {}

    /**
     * The author's domain does not take responsibility.
     *
     * @param policy what it wants done, with {@code t=y} one level less than published
     */
    record Fail(String domain, Published published, Policy policy) implements DmarcResult {}

    /** The DNS did not say; asking later may give another answer. */
    record TemporaryError(String domain, String reason) implements DmarcResult {}

    /** There is not exactly one author's domain, so that no policy can be found. */
    record PermanentError(String reason) implements DmarcResult {}

    /**
     * A policy and where it was found.
     *
     * @param domain the policy domain
     * @param organizationalDomain of the author's domain
     * @param policy what applies to the author's domain, testing not considered
     */
    record Published(String domain, String organizationalDomain, Policy policy, DmarcRecord record) {}

    /** The word in header fields (RFC 9989 §9.2). */
    default String word() {
        if (this instanceof Pass) {
            return "pass";
        } else if (this instanceof Fail) {
            return "fail";
        } else if (this instanceof TemporaryError) {
            return "temperror";
        }
        return this instanceof PermanentError ? "permerror" : "none";
    }

    /** Present when the author's domain does not take responsibility. */
    default Optional<Fail> failure() {
        return this instanceof Fail fail ? Optional.of(fail) : Optional.empty();
    }

    /** The author's domain; empty when there is not exactly one. */
    default String authorDomain() {
        if (this instanceof None none) {
            return none.domain();
        } else if (this instanceof Pass pass) {
            return pass.domain();
        } else if (this instanceof Fail fail) {
            return fail.domain();
        }
        return this instanceof TemporaryError error ? error.domain() : "";
    }

    /** Why it is neither pass nor fail, for the log and the header field; may be empty. */
    default String why() {
        if (this instanceof None none) {
            return none.reason();
        } else if (this instanceof TemporaryError error) {
            return error.reason();
        }
        return this instanceof PermanentError error ? error.reason() : "";
    }

    /** What the domain publishes for itself; empty without a policy. */
    default Optional<Published> found() {
        if (this instanceof Pass pass) {
            return Optional.of(pass.published());
        }
        return this instanceof Fail fail ? Optional.of(fail.published()) : Optional.empty();
    }
}
