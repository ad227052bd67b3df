// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.util.Locale;

/** Why a session is not as secure as its policy wants; the names of the report format (RFC 8460 §4.3). */
public enum TlsFailure {
    STARTTLS_NOT_SUPPORTED,
    CERTIFICATE_HOST_MISMATCH,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_TRUSTED,
    VALIDATION_FAILURE,
    TLSA_INVALID,
    DNSSEC_INVALID,
    DANE_REQUIRED,
    STS_POLICY_FETCH_ERROR,
    STS_POLICY_INVALID,
    STS_WEBPKI_INVALID;

    /** As reports write it, like {@code certificate-expired}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
