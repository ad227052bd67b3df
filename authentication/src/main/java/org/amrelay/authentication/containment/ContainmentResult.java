// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import java.util.List;

/** What a submission says about its account. */
public sealed interface ContainmentResult {
    /** All signals together; 1 and more is an anomaly. */
    double score();

    /** The heaviest first. */
    List<ContainmentReason> reasons();

    /** The account does what it usually does. */
    record Usual(double score, List<ContainmentReason> reasons) implements ContainmentResult {
        public Usual {
            reasons = List.copyOf(reasons);
        }
    }

    /** The account's mail is to be held. */
    record Anomaly(double score, List<ContainmentReason> reasons) implements ContainmentResult {
        public Anomaly {
            reasons = List.copyOf(reasons);
        }
    }
}
