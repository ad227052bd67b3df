// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a link in a digest is for. */
public enum LinkAction {
    RELEASE,
    DELETE,
    /** Release it, and keep no mail of its author back for its score any more. */
    ALLOW;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LinkAction> ofWord(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
