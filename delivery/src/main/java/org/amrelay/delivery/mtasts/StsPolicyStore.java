// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.util.List;

/** Keeps policies over restarts, so that who blocks DNS or the policy host gains nothing. Safe for several threads. */
public interface StsPolicyStore {
    /** All that are kept; blocks. */
    List<KeptPolicy> all();

    /** Replaces that of the domain; returns at once, trouble is logged and costs nothing but the persistence. */
    void keep(KeptPolicy policy);

    /** Drops that of the domain. */
    void forget(String domain);

    /** Keeps nothing. */
    static StsPolicyStore none() {
        return new StsPolicyStore() {
            @Override
            public List<KeptPolicy> all() {
                return List.of();
            }

            @Override
            public void keep(KeptPolicy policy) {
                // In memory only
            }

            @Override
            public void forget(String domain) {
                // In memory only
            }
        };
    }
}
