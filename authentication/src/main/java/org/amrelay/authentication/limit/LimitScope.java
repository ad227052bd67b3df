// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.util.Locale;

/** Whose events a rule counts together. */
public enum LimitScope {
    ACCOUNT,
    /** The client's address; of IPv6 the /64, which one customer has to himself. */
    ADDRESS,
    /** The client's /24, of IPv6 the /48. */
    NETWORK,
    /** The domain of the account. */
    DOMAIN;

    /** As in a rule. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
