// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.List;

/** Text with places to fill in (RFC 7208 §7). */
record MacroString(List<Part> parts) {
    /** One piece of the text. */
    sealed interface Part {
        /** Stands for itself. */
        record Literal(String text) implements Part {}

        /**
         * Stands for something that is known of the message.
         *
         * @param letter lower case
         * @param escaped written in upper case: what is not unreserved in a URI is percent-encoded
         * @param keep how many parts from the right; 0 for all
         * @param delimiters where the value is split; a dot when none are given
         */
        record Macro(char letter, boolean escaped, int keep, boolean reversed, String delimiters) implements Part {}
    }

    MacroString {
        parts = List.copyOf(parts);
    }

    /** Whether the name of the client is needed, which takes look-ups. */
    boolean needsClientName() {
        return uses('p');
    }

    boolean uses(char letter) {
        return parts.stream().anyMatch(p -> p instanceof Part.Macro m && m.letter() == letter);
    }
}
