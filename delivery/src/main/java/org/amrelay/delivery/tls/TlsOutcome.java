// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

/** What came of TLS in one session. */
public sealed interface TlsOutcome {
    /** TLS runs, with a server as judged. */
    record Encrypted(PeerVerdict peer) implements TlsOutcome {}

    /** No TLS. */
    record NotEncrypted(TlsFailure failure, String cause) implements TlsOutcome {}
}
