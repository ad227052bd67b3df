// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.util.Map;

/**
 * What shaping must know after a restart: values by name. Implemented by storage.
 *
 * <p>Safe for several threads. A value that is lost costs exactness for a day, and no mail.
 */
public interface ShapingMemory {
    /** Everything that was kept; may block, is called once. */
    Map<String, String> load();

    /** Keeps a value some time soon; does not block. */
    void keep(String name, String value);

    /** Remembers nothing. */
    static ShapingMemory none() {
        return new ShapingMemory() {
            @Override
            public Map<String, String> load() {
                return Map.of();
            }

            @Override
            public void keep(String name, String value) {
                // nothing is remembered
            }
        };
    }
}
