// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Set;

/** Finds sensitive data of some types in a text. Safe for several threads. */
public interface SensitiveFinder {
    /** The names of all types that it knows. */
    Set<String> types();

    /**
     * What is found, in the order of the text; at most some thousand finds.
     *
     * @param types names of {@link #types()}; others are not found
     */
    List<SensitiveMatch> find(String text, Set<String> types);
}
