// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.FixedHost;
import org.amrelay.delivery.route.NextHop.MailExchangersOf;
import org.amrelay.mail.reply.EnhancedCode;

/** What failures of hosts mean. */
final class HostFailures {
    private static final EnhancedCode POLICY = new EnhancedCode(4, 7, 5);

    private HostFailures() {}

    static Fate noAddress(NextHop nextHop, HostPlan plan) {
        if (nextHop instanceof FixedHost fixed) {
            return plan.whyNone(fixed.host());
        }
        return plan.whyNone(nextHop instanceof MailExchangersOf by ? by.domain() : nextHop.toString());
    }

    /** Whether a server was passed over for what its recipients' domain demands. */
    static boolean isForTls(Unavailable unavailable) {
        return unavailable.reply().enhanced().filter(POLICY::equals).isPresent();
    }
}
