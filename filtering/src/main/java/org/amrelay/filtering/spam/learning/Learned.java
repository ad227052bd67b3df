// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.util.Optional;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.specimen.Specimen;

/** What people taught beyond the model. Safe for several threads. */
public interface Learned {
    /** The points of a message for its only reader, or for everybody; 0 when nothing was taught. */
    double points(int[] features, Optional<String> reader);

    /** A hit when the message is almost the same as one that somebody reported as spam. */
    Optional<Hit> known(Specimen specimen);

    /** Nothing was taught. */
    static Learned nothing() {
        return new Learned() {
            @Override
            public double points(int[] features, Optional<String> reader) {
                return 0;
            }

            @Override
            public Optional<Hit> known(Specimen specimen) {
                return Optional.empty();
            }
        };
    }
}
