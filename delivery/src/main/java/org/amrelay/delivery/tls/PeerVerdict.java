// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

/** What is known of the server at the other end of a TLS session. */
public sealed interface PeerVerdict {
    /** It is the one that the policy names.
     *
     * @param how for the trace, like {@code DANE-EE}
     */
    record Verified(String how) implements PeerVerdict {}

    /** Nobody asked. */
    record Unchecked() implements PeerVerdict {}

    /** It is not, or cannot show it.
     *
     * @param cause for people
     */
    record Rejected(TlsFailure failure, String cause) implements PeerVerdict {}
}
