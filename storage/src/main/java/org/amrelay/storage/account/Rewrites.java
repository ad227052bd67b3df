// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.util.List;
import java.util.Map;

/**
 * Which sources (an address, {@code *@domain}, or any other text of the caller's) stand for which targets.
 *
 * <p>Texts are opaque and compared to the letter. Reads come from memory; changes block until they are durable and throw
 * {@code StorageUnavailable}. Safe for several threads.
 */
public interface Rewrites {
    /** In the order they were added; empty when there are none. */
    List<String> targets(String source);

    /** Sources that have that target, sorted. */
    List<String> sourcesOf(String target);

    /** Everything, by source. */
    Map<String, List<String>> all();

    /** @return false when it was there */
    boolean add(String source, String target);

    /** @return false when it was not there */
    boolean remove(String source, String target);
}
