// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.util.Locale;

/** Where a key is in its life: {@code NEXT}, then {@code ACTIVE}, then {@code RETIRED}, then deleted. */
public enum KeyState {
    /** Waits to be published; signs nothing yet. */
    NEXT,
    /** Signs. */
    ACTIVE,
    /** Signs no more, but mail that it signed is still on its way: its record must stay in the DNS. */
    RETIRED;

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
