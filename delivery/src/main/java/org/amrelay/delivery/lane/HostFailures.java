// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.FixedHost;
import org.amrelay.delivery.route.NextHop.MailExchangersOf;

/** What to say when a next hop has no address to try. */
final class HostFailures {
    private HostFailures() {}

    static Fate noAddress(NextHop nextHop, HostPlan plan) {
        if (nextHop instanceof FixedHost fixed) {
            return plan.whyNone(fixed.host());
        }
        return plan.whyNone(nextHop instanceof MailExchangersOf by ? by.domain() : nextHop.toString());
    }
}
