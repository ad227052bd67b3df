// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dane;

import java.util.List;
import java.util.Set;
import org.amrelay.mail.dns.TlsaRecord;

/** Tells which records mail can use (RFC 7672 §3.1), and of several digests the strongest (RFC 7671 §9). */
final class UsableRecords {
    static final int TRUST_ANCHOR = 2;
    static final int END_ENTITY = 3;
    static final int WHOLE = 0;
    static final int SHA_256 = 1;
    static final int SHA_512 = 2;

    private static final int MOST = 100;

    private UsableRecords() {}

    static List<TlsaRecord> of(List<TlsaRecord> records) {
        List<TlsaRecord> sound =
                records.stream().limit(MOST).filter(UsableRecords::isSound).toList();
        return sound.stream().filter(each -> !isOutdone(each, sound)).toList();
    }

    private static boolean isSound(TlsaRecord record) {
        // PKIX-TA(0) and PKIX-EE(1) need authorities that both sides know: there are none for mail (RFC 7672 §3.1.3)
        return Set.of(TRUST_ANCHOR, END_ENTITY).contains(record.usage())
                && Set.of(TlsaAssociation.CERTIFICATE, TlsaAssociation.KEY).contains(record.selector())
                && hasRightLength(record);
    }

    private static boolean hasRightLength(TlsaRecord record) {
        int digits = record.association().length();
        return switch (record.matching()) {
            case WHOLE -> TlsaAssociation.isReadable(record);
            case SHA_256 -> digits == 64;
            case SHA_512 -> digits == 128;
            default -> false;
        };
    }

    private static boolean isOutdone(TlsaRecord record, List<TlsaRecord> all) {
        return record.matching() == SHA_256
                && all.stream()
                        .anyMatch(other -> other.matching() == SHA_512
                                && other.usage() == record.usage()
                                && other.selector() == record.selector());
    }
}
