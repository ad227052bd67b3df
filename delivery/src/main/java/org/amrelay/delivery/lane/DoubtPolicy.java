// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.Locale;

/** What becomes of a recipient when the whole message was sent and the answer was lost (RFC 1047). */
public enum DoubtPolicy {
    /** Tried again like any other failure: never lost, perhaps there twice. */
    RETRY,
    /** Held until an operator releases it, who may ask the other side first: never there twice by itself. */
    HOLD;

    /**
     * Reads {@code retry} or {@code hold}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static DoubtPolicy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
