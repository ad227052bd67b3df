// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.util.Optional;
import java.util.Set;

/** Where it is kept what people taught, by name. Implemented by storage; safe for several threads. */
public interface LearnedMemory {
    /** All names under which something is kept; blocks on the disk. */
    Set<String> names();

    /** What was kept last under a name; blocks on the disk. */
    Optional<byte[]> load(String name);

    /** Keeps it in the place of what was kept before; returns at once, and what fails is logged and lost. */
    void keep(String name, byte[] learned);

    /** Keeps nothing, for those who only look. */
    static LearnedMemory none() {
        return new LearnedMemory() {
            @Override
            public Set<String> names() {
                return Set.of();
            }

            @Override
            public Optional<byte[]> load(String name) {
                return Optional.empty();
            }

            @Override
            public void keep(String name, byte[] learned) {}
        };
    }
}
