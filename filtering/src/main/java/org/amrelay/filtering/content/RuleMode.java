// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.Locale;

/** How far a rule goes. */
public enum RuleMode {
    /** Does what it says. */
    ENFORCE,
    /** Is recorded when it hits, and does nothing. */
    AUDIT,
    /** Is seen by {@code amr explain} alone. */
    TEST;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
