// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dane;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.tls.CertificatePaths;
import org.amrelay.delivery.tls.HostNames;
import org.amrelay.delivery.tls.PeerCheck;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.PeerVerdict.Rejected;
import org.amrelay.delivery.tls.PeerVerdict.Verified;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.mail.dns.TlsaRecord;

/**
 * Judges a server by usable records: one that fits is enough (RFC 7672 §3).
 *
 * <p>DANE-EE looks at the certificate or its key alone, not at names and dates (§3.1.1); DANE-TA wants a path to a
 * certificate of the chain that fits, and a name (§3.1.2, §3.2.2).
 */
public final class DaneCheck implements PeerCheck {
    private final List<TlsaRecord> records;
    private final List<String> names;
    private final InstantSource clock;

    /**
     * @param records usable ones
     * @param names that a certificate may be for, with DANE-TA
     */
    public DaneCheck(List<TlsaRecord> records, List<String> names, InstantSource clock) {
        this.records = List.copyOf(records);
        this.names = List.copyOf(names);
        this.clock = clock;
    }

    @Override
    public PeerVerdict check(List<X509Certificate> chain) {
        for (TlsaRecord record : records) {
            if (record.usage() == UsableRecords.END_ENTITY && TlsaAssociation.fits(record, chain.get(0))) {
                return new Verified("DANE-EE " + numbers(record));
            }
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        StringBuilder fitting = new StringBuilder();
        for (TlsaRecord record : records) {
            if (record.usage() == UsableRecords.TRUST_ANCHOR && addAnchors(record, chain, anchors)) {
                fitting.append(' ').append(numbers(record));
            }
        }
        if (anchors.isEmpty()) {
            return new Rejected(TlsFailure.VALIDATION_FAILURE, "no TLSA record fits its certificates");
        }
        Optional<Rejected> objection = CertificatePaths.objection(chain, anchors, clock.instant());
        if (objection.isPresent()) {
            return objection.get();
        }
        return HostNames.match(chain.get(0), names)
                ? new Verified("DANE-TA" + fitting)
                : WebPki.mismatch(chain.get(0), names);
    }

    private static String numbers(TlsaRecord record) {
        return record.usage() + " " + record.selector() + " " + record.matching();
    }

    private static boolean addAnchors(TlsaRecord record, List<X509Certificate> chain, Set<TrustAnchor> anchors) {
        int before = anchors.size();
        // Not the server's own certificate: that would be DANE-EE without its rules
        chain.stream()
                .skip(1)
                .filter(each -> TlsaAssociation.fits(record, each))
                .forEach(each -> anchors.add(new TrustAnchor(each, null)));
        if (record.matching() == UsableRecords.WHOLE) {
            // The authority need not be sent when the record holds it (RFC 7671 §5.2)
            if (record.selector() == TlsaAssociation.CERTIFICATE) {
                TlsaAssociation.certificate(record).ifPresent(each -> anchors.add(new TrustAnchor(each, null)));
            } else {
                TlsaAssociation.key(record)
                        .ifPresent(key -> chain.forEach(
                                each -> anchors.add(new TrustAnchor(each.getIssuerX500Principal(), key, null))));
            }
        }
        return anchors.size() > before;
    }
}
