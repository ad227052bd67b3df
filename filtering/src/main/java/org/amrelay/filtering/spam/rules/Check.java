// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.Optional;
import org.amrelay.filtering.spam.specimen.Specimen;

/** One question about a message, with the reason when the answer is yes. Stateless. */
@FunctionalInterface
public interface Check {
    /** Why it hits; empty when it does not. The reason is short and for the operator. */
    Optional<String> hit(Specimen specimen);

    /** Hits with a fixed reason. */
    static Optional<String> when(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }
}
