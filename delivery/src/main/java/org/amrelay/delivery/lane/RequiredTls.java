// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.Optional;
import org.amrelay.delivery.client.OutboundSession;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.reply.Reply;

/** What stands against sending a mail with REQUIRETLS over a session (RFC 8689 §4.2.1). */
final class RequiredTls {
    private RequiredTls() {}

    /** Final only when a server that is the right one does not know the extension. */
    static Optional<Fate> objection(QueuedDelivery delivery, OutboundSession session) {
        if (!delivery.envelope().requireTls()) {
            return Optional.empty();
        }
        String peer = session.target().toString();
        if (!session.isVerified()) {
            String text = "the sender requires TLS, but " + peer + " is not verified by DANE, MTA-STS or a policy here";
            // Our own words: no peer has said anything to learn from
            return Optional.of(Fate.later(Reply.of(451, "4.7.30", text), ""));
        }
        return session.features().requireTls()
                ? Optional.empty()
                : Optional.of(Fate.withoutPeer(
                        Reply.of(
                                550,
                                "5.7.30",
                                "the sender requires TLS all the way, but " + peer + " does not know REQUIRETLS"),
                        peer));
    }
}
