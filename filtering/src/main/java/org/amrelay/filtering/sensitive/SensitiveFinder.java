// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Set;

/** Finds sensitive values in texts. Safe for several threads. */
public interface SensitiveFinder {
    /** The names of all types that it knows. */
    Set<String> types();

    /**
     * Looks for some types; takes time in proportion to the text.
     *
     * @param text any text, such as a body or what was extracted from an attachment
     * @param types the names of the types that are wanted; unknown names find nothing
     * @return the finds in the order of their offsets, bounded in number
     */
    List<SensitiveMatch> find(String text, Set<String> types);
}
