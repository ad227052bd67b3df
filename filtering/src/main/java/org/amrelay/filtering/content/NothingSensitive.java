// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Set;
import org.amrelay.filtering.sensitive.SensitiveFinder;
import org.amrelay.filtering.sensitive.SensitiveMatch;

/** Knows no sensitive values. */
public final class NothingSensitive implements SensitiveFinder {
    @Override
    public Set<String> types() {
        return Set.of();
    }

    @Override
    public List<SensitiveMatch> find(String text, Set<String> types) {
        return List.of();
    }
}
