// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How {@link ResolvingDns} asks.
 *
 * @param servers recursive servers, asked in this order; empty for those of the operating system
 * @param timeOut for one question to one server
 * @param tries how often each server is asked, 1 or more
 * @param mostCached answers kept, 1 or more
 * @param mostRunning questions under way at once, 1 or more; more are answered with a failure
 * @param longestLifetime upper limit for keeping an answer
 * @param dnssec who validates
 * @param trustAnchors DS or DNSKEY records as a master file, for own validation
 * @param unsignedZones names that are not validated, nor what is below them: private zones that the public DNS denies
 *     (negative trust anchors, RFC 7646)
 */
public record DnsSettings(
        List<InetSocketAddress> servers,
        Duration timeOut,
        int tries,
        int mostCached,
        int mostRunning,
        Duration longestLifetime,
        Dnssec dnssec,
        String trustAnchors,
        List<String> unsignedZones) {
    /** Who decides whether an answer is authentic. */
    public enum Dnssec {
        /** Nobody: no answer is. */
        OFF,
        /** The server, if it is on this machine: its AD bit is believed (RFC 6698 §A.3). */
        TRUST,
        /** We: signatures are followed from the trust anchors; what does not validate is a failure. */
        VALIDATE,
        /** We, for servers that hand signatures out; nobody for the others. */
        AUTOMATIC
    }

    public DnsSettings {
        servers = List.copyOf(servers);
        unsignedZones = List.copyOf(unsignedZones);
        if (tries < 1 || mostCached < 1 || mostRunning < 1 || timeOut.isNegative() || timeOut.isZero()) {
            throw new IllegalArgumentException("limits and time-outs are at least 1");
        }
    }

    /** Without own validation. */
    public DnsSettings(
            List<InetSocketAddress> servers,
            Duration timeOut,
            int tries,
            int mostCached,
            int mostRunning,
            Duration longestLifetime,
            boolean trustAuthenticData) {
        this(
                servers,
                timeOut,
                tries,
                mostCached,
                mostRunning,
                longestLifetime,
                trustAuthenticData ? Dnssec.TRUST : Dnssec.OFF,
                "",
                List.of());
    }

    /** The servers of the operating system, 3 s and 2 tries each, no DNSSEC. */
    public static DnsSettings defaults() {
        return new DnsSettings(List.of(), Duration.ofSeconds(3), 2, 50_000, 4_000, Duration.ofHours(6), false);
    }

    public DnsSettings withServers(List<InetSocketAddress> others) {
        return new DnsSettings(
                others, timeOut, tries, mostCached, mostRunning, longestLifetime, dnssec, trustAnchors, unsignedZones);
    }

    /**
     * The same with validation.
     *
     * @param anchors DS or DNSKEY records, see {@link RootAnchors}
     */
    public DnsSettings withDnssec(Dnssec who, String anchors) {
        return new DnsSettings(
                servers, timeOut, tries, mostCached, mostRunning, longestLifetime, who, anchors, unsignedZones);
    }

    /** The same with zones that are not validated. */
    public DnsSettings withUnsignedZones(List<String> names) {
        return new DnsSettings(
                servers, timeOut, tries, mostCached, mostRunning, longestLifetime, dnssec, trustAnchors, names);
    }
}
