// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/**
 * What an operator can ask of the suppression list and tell it.
 *
 * <p>An empty account means the entries for all. Implementations block and are safe for several threads. Words that cannot
 * be are an {@link IllegalArgumentException} with a sentence for people.
 */
public interface SuppressionOperations {
    /** The most entries of one call. */
    int MOST = 200;

    /**
     * A page of the entries, oldest first, after that id.
     *
     * @param account only its entries; empty text: all of them
     * @param part part of the address; empty text: all of them
     */
    List<Answers.Suppressed> list(String account, String part, long afterId, int limit);

    /**
     * Adds entries or replaces them.
     *
     * @param entries at most {@link #MOST}; without a time, since now
     * @return how many are new
     */
    int add(List<Answers.Suppressed> entries);

    /** Whether it was there. */
    boolean remove(String account, String address);
}
