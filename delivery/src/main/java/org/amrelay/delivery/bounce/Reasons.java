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
            return likely.status().isPresent() ? likely : withStatus(classifier, likely, places);
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

    /** What is clear without a code may have one further down. */
    private static BounceReason withStatus(BounceClassifier classifier, BounceReason clear, List<String> places) {
        return places.subList(1, places.size()).stream()
                .map(place -> classifier.of(Optional.empty(), place))
                .filter(reason -> reason.status().isPresent())
                .findFirst()
                .map(reason -> new BounceReason(clear.category(), reason.permanent(), reason.status(), true))
                .orElse(clear);
    }

    /** Whether a text says by itself why. */
    static boolean isClear(BounceClassifier classifier, String text) {
        return classifier.of(Optional.empty(), text).sure();
    }

    private static boolean permanent(Optional<EnhancedCode> code, BounceReason near, BounceReason far) {
        return code.isPresent() || near.status().isPresent() ? near.permanent() : far.permanent();
    }
}
