// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

/** What follows from what a client said while it logs in. Immutable. */
public sealed interface SaslStep {
    /** The client has to answer. */
    record Challenge(String text) implements SaslStep {}

    /** The client is the account. */
    record Success(String account) implements SaslStep {}

    /**
     * Nobody can tell now; the client tries again later.
     *
     * @param cause for the operator
     */
    record Later(String cause) implements SaslStep {}

    /**
     * The client is not, or did not follow the protocol.
     *
     * @param cause for the operator; the client reads no reason
     */
    record Failure(String cause) implements SaslStep {}
}
