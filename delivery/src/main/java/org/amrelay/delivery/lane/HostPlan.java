// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.amrelay.delivery.client.Target;
import org.amrelay.delivery.tls.TlsRequirement;
import org.amrelay.delivery.tlspolicy.DestinationTls;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.reply.Reply;

/**
 * The addresses of a next hop in the order in which they are tried (RFC 5321 §5.1).
 *
 * <p>Host names of one preference are resolved together, when their turn comes. A group with an own address ends the
 * plan. Addresses that failed a short time ago come last. For the engine's thread.
 */
final class HostPlan {
    private final HostFinder finder;
    private final Deque<List<PlannedHost>> groups;
    private final Manner manner;
    private final DestinationTls tls;
    private final boolean configured;
    private final Predicate<InetSocketAddress> putAside;
    private final Deque<Target> ready = new ArrayDeque<>();
    private final List<Target> last = new ArrayList<>();

    private Optional<String> unsure = Optional.empty();
    private boolean metSelf;
    private boolean metAddress;
    private boolean metUnfit;
    private boolean lastTurn;

    /**
     * @param groups the hosts of one preference each
     * @param configured whether the hosts come out of the configuration, so that failing to find them is our mistake
     */
    HostPlan(
            HostFinder finder,
            List<List<PlannedHost>> groups,
            Manner manner,
            DestinationTls tls,
            boolean configured,
            Predicate<InetSocketAddress> putAside) {
        this.finder = finder;
        this.groups = new ArrayDeque<>(groups);
        this.manner = manner;
        this.tls = tls;
        this.configured = configured;
        this.putAside = putAside;
    }

    /** The next address to try, empty when there is no more. */
    CompletionStage<Optional<Target>> next() {
        Target target = ready.poll();
        if (target != null) {
            return CompletableFuture.completedFuture(Optional.of(target));
        }
        List<PlannedHost> group = groups.poll();
        if (group != null) {
            return resolve(group, 0, new ArrayList<>()).thenCompose(all -> next());
        }
        if (!lastTurn && !last.isEmpty()) {
            lastTurn = true;
            ready.addAll(last);
            return next();
        }
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletionStage<List<Target>> resolve(List<PlannedHost> group, int index, List<Target> found) {
        if (index == group.size()) {
            add(found);
            return CompletableFuture.completedFuture(found);
        }
        PlannedHost host = group.get(index);
        return finder.addresses(host.host())
                .thenCompose(answer -> requirement(host, answer)
                        .thenComposeAsync(
                                wanted -> {
                                    take(host, answer, wanted, found);
                                    return resolve(group, index + 1, found);
                                },
                                finder.executor()));
    }

    private CompletionStage<TlsRequirement> requirement(PlannedHost host, DnsAnswer<InetAddress> answer) {
        return answer.isFound()
                ? tls.of(host.host(), host.port(), answer.authentic())
                        .thenApply(wanted -> finder.judgedBy(manner, host.host(), wanted))
                        .exceptionally(HostPlan::unknown)
                : CompletableFuture.completedFuture(TlsRequirement.clear(""));
    }

    private static TlsRequirement unknown(Throwable error) {
        String cause = "the TLS policy is not known: " + error;
        return TlsRequirement.refused(Reply.of(451, "4.3.5", cause), cause);
    }

    private void take(PlannedHost host, DnsAnswer<InetAddress> answer, TlsRequirement wanted, List<Target> found) {
        if (answer.isTemporary()) {
            unsure = Optional.of("address of " + host.host() + ": " + answer.cause());
        }
        for (InetAddress address : answer.records()) {
            if (finder.isSelf(host.host(), new InetSocketAddress(address, host.port()))) {
                metSelf = true;
            }
            Optional<Target> target = manner.target(host, address, wanted, finder.random());
            target.ifPresentOrElse(found::add, () -> metUnfit = true);
        }
    }

    private void add(List<Target> found) {
        if (metSelf) {
            groups.clear();
            return;
        }
        for (Target target : found) {
            metAddress = true;
            if (putAside.test(target.address())) {
                last.add(target);
            } else {
                ready.add(target);
            }
        }
    }

    /** The same target from a source that the gate admits, counted; empty when it admits none. */
    Optional<Target> through(SourceGate gate, Target target) {
        return manner.through(gate, target, finder.random());
    }

    /** Why there was no address at all; only a complete and definite answer of DNS is final. */
    Fate whyNone(String nextHop) {
        Reply reply = reasonForNone(nextHop);
        return configured && !reply.isTemporary()
                // We were told to use that host: a mistake in the settings must not bounce mail
                ? Fate.later(Reply.of(451, "4.4.4", reply.text() + " (configured host)"), "")
                : Fate.withoutPeer(reply, "");
    }

    private Reply reasonForNone(String nextHop) {
        if (metSelf && !metAddress) {
            return Reply.of(554, "5.4.6", "mail for " + nextHop + " would come back to this relay");
        }
        if (metUnfit) {
            return Reply.of(451, "4.3.5", "none of the route's sources can reach an address of " + nextHop);
        }
        return unsure.map(cause -> Reply.of(451, "4.4.3", cause))
                .orElseGet(() -> Reply.of(550, "5.4.4", "no mail host of " + nextHop + " has an address"));
    }
}
