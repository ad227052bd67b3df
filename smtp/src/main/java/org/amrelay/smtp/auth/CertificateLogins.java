// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.auth;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Which account a client certificate lets in.
 *
 * <p>Safe for several threads; looks in memory.
 */
public interface CertificateLogins {
    /** Empty when the certificate is not registered, or out of its time. */
    Optional<String> accountOf(X509Certificate certificate);

    /** Notes that it was used; may block on the storage. */
    void used(X509Certificate certificate);
}
