// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.NextHop.FixedHost;
import org.amrelay.mail.reply.Reply;

/** What to say when a next hop has no address to try. */
final class HostFailures {
    private HostFailures() {}

    static Fate noAddress(NextHop nextHop, HostPlan plan) {
        if (nextHop instanceof FixedHost fixed) {
            Reply reply = plan.whyNone(fixed.host());
            // We were told to use that host: a mistake in the settings must not bounce mail
            return Fate.later(reply.isTemporary() ? reply : Reply.of(451, "4.4.4", reply.text() + " (fixed host)"), "");
        }
        return Fate.withoutPeer(plan.whyNone(((NextHop.MailExchangersOf) nextHop).domain()), "");
    }
}
