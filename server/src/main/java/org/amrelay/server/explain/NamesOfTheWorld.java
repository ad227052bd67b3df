// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.MxRecord;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.dns.ReverseName;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.api.TemporaryResolutionException;

/** James' DNS service on ours, for James' own matchers and mailets. Safe for several threads; needs answers at once. */
final class NamesOfTheWorld implements DNSService {
    private final Dns dns;

    NamesOfTheWorld(Dns dns) {
        this.dns = dns;
    }

    private <T> DnsAnswer<T> ask(String name, RecordType<T> type) {
        return dns.query(name, type).toCompletableFuture().join();
    }

    @Override
    public Collection<String> findMXRecords(String hostname) throws TemporaryResolutionException {
        DnsAnswer<MxRecord> answer = ask(hostname, RecordType.MX);
        if (answer.isTemporary()) {
            throw new TemporaryResolutionException(answer.cause());
        }
        return answer.isFound()
                ? answer.records().stream()
                        .sorted(Comparator.comparingInt(MxRecord::preference))
                        .map(MxRecord::host)
                        .toList()
                : List.of(hostname);
    }

    @Override
    public Collection<String> findTXTRecords(String hostname) {
        return ask(hostname, RecordType.TXT).records();
    }

    @Override
    public Collection<InetAddress> getAllByName(String host) throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>(Network.literal(host).stream().toList());
        if (found.isEmpty()) {
            found.addAll(ask(host, RecordType.A).records());
            found.addAll(ask(host, RecordType.AAAA).records());
        }
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    @Override
    public InetAddress getByName(String host) throws UnknownHostException {
        return getAllByName(host).iterator().next();
    }

    @Override
    public InetAddress getLocalHost() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String getHostName(InetAddress address) {
        return ask(ReverseName.of(address), RecordType.PTR).records().stream()
                .findFirst()
                .orElseGet(address::getHostAddress);
    }
}
