// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the detectors found in one text, bounded for each type. */
public final class Finds {
    private final int most;
    private final List<Find> finds = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Starts with nothing.
     *
     * @param most so many finds of each type are kept, those that come first
     */
    public Finds(int most) {
        this.most = most;
    }

    /** Keeps a find unless there are enough of its type. */
    public void add(Find find) {
        if (counts.merge(find.type(), 1, Integer::sum) <= most) {
            finds.add(find);
        }
    }

    /** All that were kept. */
    public List<Find> all() {
        return finds;
    }

    /**
     * One find.
     *
     * @param type the name of the type
     * @param start first char
     * @param end behind the last char
     * @param confidence 0..100
     * @param distance of the key word that speaks for it, in chars
     * @param showing how many of the last characters may be shown
     */
    public record Find(String type, int start, int end, int confidence, int distance, int showing) {}
}
