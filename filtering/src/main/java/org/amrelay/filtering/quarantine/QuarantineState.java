// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.Locale;

/** What has been decided about one recipient of a mail in quarantine; the order is what storage writes. */
public enum QuarantineState {
    /** Nothing yet. */
    KEPT,
    /** Sent on its way again. */
    RELEASED,
    /** Thrown away by somebody. */
    DELETED,
    /** Thrown away by its age or by a limit. */
    EXPIRED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
