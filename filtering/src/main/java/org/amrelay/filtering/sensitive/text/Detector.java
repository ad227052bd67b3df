// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.util.Set;

/** Finds some types in a text, in time proportional to it. Safe for several threads. */
public interface Detector {
    /** The names of the types that it finds. */
    Set<String> types();

    /**
     * Adds what it finds.
     *
     * @param types those that are wanted; it may add others
     */
    void find(Reading reading, Set<String> types, Finds finds);
}
