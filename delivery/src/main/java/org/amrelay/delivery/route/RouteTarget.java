// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.client.PeerOptions;
import org.amrelay.delivery.client.Source;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.reply.Reply;

/** What a route does with its mail. */
public sealed interface RouteTarget {
    /**
     * How the servers of a route are spoken to.
     *
     * @param tls the relay's usual policy when it is not given
     * @param fingerprints for the policy {@code FINGERPRINT}
     * @param sources addresses to leave from; any when there are none
     */
    record Connecting(Optional<TlsPolicy> tls, List<String> fingerprints, PeerOptions options, List<Source> sources) {
        public Connecting {
            fingerprints = List.copyOf(fingerprints);
            sources = List.copyOf(sources);
        }
    }

    /** A target that servers take mail for. */
    sealed interface Servers extends RouteTarget {
        Connecting connecting();
    }

    /**
     * Mail exchangers.
     *
     * @param domain whose; the recipient's when it is not given
     * @param port the relay's usual one when it is not given
     */
    record ToExchangers(Optional<String> domain, Optional<Integer> port, Connecting connecting) implements Servers {}

    /**
     * Hosts by name, SMTP or LMTP.
     *
     * @param hosts at least one, each with its port
     * @param byWeight whether mail is shared by weight; else the first host that works gets it
     */
    record ToHosts(List<SmartHost> hosts, boolean byWeight, Connecting connecting) implements Servers {
        public ToHosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** Drops the mail, with the route's name in the ledger. */
    record Discarding() implements RouteTarget {}

    /** Gives the mail back to its sender. */
    record Rejecting(Reply reply) implements RouteTarget {}

    /** Does what another route does, whatever its conditions are. */
    record Following(String route) implements RouteTarget {}
}
