// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.amrelay.delivery.sevenbit.Structure.Place;

/**
 * What has to be done to which part; found by reading the message once.
 *
 * @param steps by number of the part, for the parts whose header changes
 * @param leavesEightBits whether signed or encrypted parts keep octets beyond ASCII
 * @param signedByDkim whether the message has a DKIM signature, which a change breaks
 */
record Plan(Map<Integer, Step> steps, boolean leavesEightBits, boolean signedByDkim) {
    /** Parts behind these stay as they are. */
    private static final int MOST_PARTS = 20_000;

    /** What happens to a part that does not stay as it is. */
    enum Step {
        /** Its body has, or has become, seven bits: the header says so no longer wrongly. */
        RELABEL,
        QUOTED_PRINTABLE,
        BASE64;

        boolean encodes() {
            return this != RELABEL;
        }
    }

    static Plan of(InputStream message) throws IOException {
        return new Reader().read(message);
    }

    /** Whether the message has to be changed at all. */
    boolean changes() {
        return steps.values().stream().anyMatch(Step::encodes);
    }

    private static final class Reader {
        private final Map<Integer, Step> steps = new HashMap<>();
        private final Structure structure = new Structure();
        private final PartHeader root = structure.header();
        private PartHeader counted = root;
        private boolean leaves;
        private long octets;
        private long beyondAscii;

        Plan read(InputStream message) throws IOException {
            LinePieces pieces = new LinePieces(message);
            while (pieces.next()) {
                Place place = structure.take(pieces);
                if (structure.header() != counted) {
                    endPart();
                    counted = structure.header();
                }
                if (place == Place.BODY && structure.isInLeaf()) {
                    count(pieces);
                }
            }
            endPart();
            if (leaves) {
                // The parts around those that keep eight bits have them, too
                steps.values().removeIf(step -> !step.encodes());
            }
            return new Plan(steps, leaves, root.hasSignature());
        }

        private void count(LinePieces piece) {
            byte[] bytes = piece.bytes();
            octets += piece.to() - piece.from();
            for (int i = piece.from(); i < piece.to(); i++) {
                if (bytes[i] < 0) {
                    beyondAscii++;
                }
            }
        }

        private void endPart() {
            boolean mayChange = counted.mayBeEncoded() && counted.number() < MOST_PARTS;
            if (beyondAscii > 0 && mayChange) {
                boolean readable = counted.isText() && beyondAscii * 2 <= octets;
                steps.put(counted.number(), readable ? Step.QUOTED_PRINTABLE : Step.BASE64);
            } else if (beyondAscii > 0) {
                leaves = true;
            } else if (counted.claimsEightBits() && !counted.untouchable()) {
                steps.put(counted.number(), Step.RELABEL);
            }
            octets = 0;
            beyondAscii = 0;
        }
    }
}
