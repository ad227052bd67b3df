// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.client.PeerOptions;
import org.amrelay.delivery.client.Source;
import org.amrelay.delivery.client.Target;
import org.amrelay.delivery.route.WeightedOrder;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tls.TlsRequirement;

/**
 * How the hosts of a plan are connected to.
 *
 * @param fingerprints for the policy {@code FINGERPRINT}
 * @param sources addresses to leave from, drawn by weight for each connection; any when there are none
 */
record Manner(TlsPolicy tls, List<String> fingerprints, PeerOptions options, List<Source> sources) {
    static Manner usual(TlsPolicy tls) {
        return new Manner(tls, List.of(), PeerOptions.standard(), List.of());
    }

    /** Empty when no connection to that address can leave from any of the sources. */
    Optional<Target> target(PlannedHost host, InetAddress address, TlsRequirement wanted, RandomGenerator random) {
        InetSocketAddress socket = new InetSocketAddress(address, host.port());
        if (sources.isEmpty()) {
            return Optional.of(new Target(host.host(), socket, wanted, options));
        }
        List<Source> fitting =
                sources.stream().filter(source -> source.fits(address)).toList();
        return WeightedOrder.of(fitting, Source::weight, random).stream()
                .findFirst()
                .map(source -> new Target(host.host(), socket, wanted, options.from(source)));
    }

    /** The same target from a source that the gate admits, its own if possible, counted; empty when it admits none. */
    Optional<Target> through(SourceGate gate, Target target, RandomGenerator random) {
        Optional<Target> admitted = gate.admits(target) ? Optional.of(target) : fromAnother(gate, target, random);
        admitted.ifPresent(gate::leaves);
        return admitted;
    }

    private Optional<Target> fromAnother(SourceGate gate, Target target, RandomGenerator random) {
        List<Source> open = sources.stream()
                .filter(source -> source.fits(target.address().getAddress()) && gate.admits(source))
                .toList();
        return WeightedOrder.of(open, Source::weight, random).stream()
                .findFirst()
                .map(source -> new Target(target.host(), target.address(), target.tls(), options.from(source)));
    }
}
