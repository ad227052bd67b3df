// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Set;

/** Finds sensitive values in text; safe for several threads. */
public interface SensitiveFinder {
    /** The types that it knows, such as {@code iban}. */
    Set<String> types();

    /** What is in a text, of these types, in the order of the text. */
    List<SensitiveMatch> find(String text, Set<String> types);
}
