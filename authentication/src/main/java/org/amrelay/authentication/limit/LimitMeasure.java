// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.util.Locale;

/** What a rule counts. */
public enum LimitMeasure {
    MESSAGES,
    RECIPIENTS,
    BYTES,
    /** Different recipients. */
    DISTINCT_RECIPIENTS,
    /** Recipients that were never written to before, in per cent of all; judged only where there is a past. */
    NEW_RECIPIENTS;

    /** As in a rule. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
