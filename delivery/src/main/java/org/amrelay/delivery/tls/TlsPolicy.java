// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

/** What a connection must reach before mail may be sent over it, as routes and settings say it. */
public enum TlsPolicy {
    /** Never asks for TLS. */
    NONE,
    /** TLS with any certificate when it is offered and works, else plain text (RFC 7435); the domain may ask for more. */
    OPPORTUNISTIC,
    /** TLS with any certificate, or no delivery there; the domain may ask for more. */
    REQUIRED,
    /** TLS with a certificate for the host's name from an authority that Java trusts, or no delivery there. */
    VERIFIED,
    /** TLS with a certificate that the host's own DNSSEC-signed records vouch for, or no delivery there (RFC 7672). */
    DANE,
    /** TLS with one of the listed certificates or keys, or no delivery there. */
    FINGERPRINT
}
