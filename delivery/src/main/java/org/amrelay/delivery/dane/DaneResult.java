// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dane;

import java.util.List;
import org.amrelay.mail.dns.TlsaRecord;

/** What DNS says about the certificates of one host. */
public sealed interface DaneResult {
    /** The host has no signed records; the destination's other policies decide. */
    record NotApplicable(String why) implements DaneResult {}

    /**
     * TLS with a certificate that one of the records fits.
     *
     * @param baseDomain under which they were found; the server name to ask for
     */
    record Usable(String baseDomain, List<TlsaRecord> records) implements DaneResult {
        public Usable {
            records = List.copyOf(records);
        }
    }

    /** There are records, but none of a kind that mail can use: TLS with any certificate (RFC 7672 §2.2). */
    record Unusable(String baseDomain, List<TlsaRecord> records) implements DaneResult {
        public Unusable {
            records = List.copyOf(records);
        }
    }

    /** DNS could not say, or what it said was forged: no mail to this host now (RFC 7672 §2.1.2). */
    record Unsure(String cause) implements DaneResult {}
}
