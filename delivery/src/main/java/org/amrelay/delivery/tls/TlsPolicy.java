// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

/** What a connection must reach before mail may be sent over it. */
public enum TlsPolicy {
    /** Never asks for TLS. */
    NONE,
    /** TLS with any certificate when it is offered and works, else plain text (RFC 7435). */
    OPPORTUNISTIC,
    /** TLS with any certificate, or no delivery there. */
    REQUIRED
}
