// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.bounce.reason.BounceCategory;
import org.amrelay.delivery.bounce.reason.BounceClassifier;
import org.amrelay.delivery.bounce.reason.BounceReason;
import org.amrelay.mail.reply.EnhancedCode;

/** The reason out of several places of a notice, the nearest first. */
final class Reasons {
    private Reasons() {}

    /** The first that leaves no doubt, else the first that says anything. */
    static BounceReason best(BounceClassifier classifier, Optional<EnhancedCode> code, List<String> places) {
        BounceReason likely = classifier.of(code, places.get(0));
        if (likely.sure()) {
            return likely;
        }
        for (String place : places.subList(1, places.size())) {
            BounceReason next = classifier.of(code.or(likely::status), place);
            if (next.sure() && !place.isBlank()) {
                return new BounceReason(
                        next.category(),
                        permanent(code, likely, next),
                        likely.status().or(next::status),
                        true);
            }
            likely = likely.category() == BounceCategory.UNKNOWN ? next : likely;
        }
        return likely;
    }

    private static boolean permanent(Optional<EnhancedCode> code, BounceReason near, BounceReason far) {
        return code.isPresent() || near.status().isPresent() ? near.permanent() : far.permanent();
    }
}
