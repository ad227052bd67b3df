// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.envelope.EnvelopeRecipient;

/** Groups recipients by where they go next. */
record NextHops(RouteList routes, Gateway gateway) {
    static NextHops of(RouteList routes, Gateway gateway) {
        return new NextHops(routes, gateway);
    }

    /** One delivery for each next hop, recipients in the mail's order. */
    List<NewDelivery> deliveries(List<EnvelopeRecipient> recipients, Instant now, Instant expiresAt) {
        Map<NextHop, List<EnvelopeRecipient>> groups = new LinkedHashMap<>();
        for (EnvelopeRecipient recipient : recipients) {
            NextHop next = routes.nextHop(recipient.address()).orElseGet(() -> gateway.nextHop(recipient.address()));
            groups.computeIfAbsent(next, none -> new ArrayList<>()).add(recipient);
        }
        return groups.entrySet().stream()
                .map(group -> new NewDelivery(group.getKey(), group.getValue(), now, expiresAt))
                .toList();
    }
}
