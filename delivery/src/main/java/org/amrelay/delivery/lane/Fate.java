// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.client.OutboundSession;
import org.amrelay.delivery.client.Target;
import org.amrelay.delivery.client.Verdict;
import org.amrelay.mail.reply.Reply;

/**
 * What an attempt has found out about one recipient.
 *
 * @param kind never {@code NEXT_TRANSACTION}
 * @param reply the peer's words or ours
 * @param peer {@code host[address]:port}, or empty text
 * @param tls as reached, or empty text
 * @param passedDsnOn whether the peer has taken over the duty to report (RFC 3461 §5.2.2)
 */
record Fate(Verdict.Kind kind, Reply reply, String peer, String tls, boolean passedDsnOn) {
    static Fate of(Verdict verdict, OutboundSession connection) {
        return new Fate(
                verdict.kind() == Verdict.Kind.NEXT_TRANSACTION ? Verdict.Kind.LATER : verdict.kind(),
                verdict.reply(),
                connection.target().toString(),
                connection.tls(),
                connection.features().dsn());
    }

    /** Without a peer that answered for itself: 5xx is final, all else is for later. */
    static Fate withoutPeer(Reply reply, String peer) {
        Verdict.Kind kind = reply.isPermanent() ? Verdict.Kind.REFUSED : Verdict.Kind.LATER;
        return new Fate(kind, reply, peer, "", false);
    }

    /** The peer spoke, but of the session and not of the recipient. */
    static Fate later(Reply reply, String peer) {
        return new Fate(Verdict.Kind.LATER, reply, peer, "", false);
    }

    /** No session came about with that server. */
    static Fate of(Unavailable unavailable) {
        Target target = unavailable.target();
        return later(unavailable.reply(), target.toString(), target.tls().why());
    }

    /** The same, but to be tried again. */
    Fate forLater() {
        return new Fate(Verdict.Kind.LATER, reply, peer, tls, passedDsnOn);
    }

    /** The same under a policy that asks for more than the peer could do. */
    static Fate later(Reply reply, String peer, String policy) {
        return new Fate(Verdict.Kind.LATER, reply, peer, policy.isEmpty() ? "" : "none: " + policy, false);
    }
}
