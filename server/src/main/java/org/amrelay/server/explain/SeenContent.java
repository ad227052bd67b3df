// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.amrelay.filtering.content.ContentHit;

/** Remembers which content rules hit, whoever asked them and however often. For one thread. */
final class SeenContent {
    private final Set<ContentHit> hits = new LinkedHashSet<>();

    void forget() {
        hits.clear();
    }

    void add(List<ContentHit> more) {
        hits.addAll(more);
    }

    List<Explanation.Content> hits() {
        return hits.stream().map(Explanation.Content::of).toList();
    }
}
