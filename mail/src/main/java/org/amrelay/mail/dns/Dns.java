// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/**
 * The port through which all rooms look up names.
 *
 * <p>A stage always completes normally, with an answer that may be a failure, and within the time-out of the
 * implementation. Callbacks run on a thread of the implementation and must not block. Safe for several threads.
 */
public interface Dns {
    /**
     * Asks for records; aliases (CNAME) are followed.
     *
     * @param name with or without the final dot; internationalised names as A-labels
     */
    <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type);

    /** Mail exchangers, in no particular order (RFC 5321 §5.1). */
    default CompletionStage<DnsAnswer<MxRecord>> mx(String name) {
        return query(name, RecordType.MX);
    }

    /** IPv4 addresses. */
    default CompletionStage<DnsAnswer<InetAddress>> ipv4(String name) {
        return query(name, RecordType.A);
    }

    /** IPv6 addresses. */
    default CompletionStage<DnsAnswer<InetAddress>> ipv6(String name) {
        return query(name, RecordType.AAAA);
    }
}
