// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections of a server, all together and by client network: one IPv4 address or one IPv6 /64.
 *
 * <p>Holds one entry for each network that is connected now. Safe for several threads, does not block.
 */
final class ConnectionCounts {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int most;
    private final int mostOfOneNetwork;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byNetwork = new ConcurrentHashMap<>();

    /** Limits of 0 are no limits. */
    ConnectionCounts(int most, int mostOfOneNetwork) {
        this.most = most;
        this.mostOfOneNetwork = mostOfOneNetwork;
    }

    /** Counts a connection; when the answer is false it is not counted and must be closed. */
    boolean open(InetAddress client) {
        if (all.incrementAndGet() > most && most > 0) {
            all.decrementAndGet();
            return false;
        }
        InetAddress network = network(client);
        if (byNetwork.merge(network, 1, Integer::sum) > mostOfOneNetwork && mostOfOneNetwork > 0) {
            close(client);
            return false;
        }
        return true;
    }

    void close(InetAddress client) {
        all.decrementAndGet();
        byNetwork.computeIfPresent(network(client), (n, count) -> count == 1 ? null : count - 1);
    }

    int open() {
        return all.get();
    }

    private static InetAddress network(InetAddress client) {
        if (!(client instanceof Inet6Address)) {
            return client;
        }
        byte[] bytes = client.getAddress();
        Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
