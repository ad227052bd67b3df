// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.util.BitSet;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds texts that quote enough of a document. */
public final class FingerprintDetector implements Detector {
    private static final int HIGH = 50;

    private final Fingerprint document;

    /** Finds quotations of this document. */
    public FingerprintDetector(Fingerprint document) {
        this.document = document;
    }

    @Override
    public Set<String> types() {
        return Set.of(document.name());
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        BitSet quoted = new BitSet(document.size());
        int[] span = {Integer.MAX_VALUE, 0};
        Fingerprint.winnow(reading.text(), document.salt(), (hash, start, end) -> {
            int place = document.place(hash);
            if (place >= 0) {
                quoted.set(place);
                span[0] = Math.min(span[0], start);
                span[1] = end;
            }
        });
        long share = 100L * quoted.cardinality() / document.size();
        if (share >= document.share()) {
            finds.add(new Find(document.name(), span[0], span[1], share >= HIGH ? 85 : 75, 0, 0));
        }
    }
}
