// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.time.Duration;
import java.util.List;

/**
 * What a look-up found out.
 *
 * <p>Immutable.
 *
 * @param status records, or which kind of none
 * @param records empty unless the status is {@code RECORDS}
 * @param authentic validated by DNSSEC, as far as the resolver is trusted (RFC 4035 §3.2.3)
 * @param lifetime how long the answer may be kept; zero for failures
 * @param cause for the log, empty unless the status is a failure
 */
public record DnsAnswer<T>(Status status, List<T> records, boolean authentic, Duration lifetime, String cause) {
    /** The kinds of answer that policies tell apart. */
    public enum Status {
        RECORDS,
        /** The name exists, but has no record of the type. */
        NO_DATA,
        /** The name does not exist (NXDOMAIN, RFC 8020). */
        NO_SUCH_NAME,
        /** The server could not say; asking later may succeed. */
        SERVER_FAILURE,
        /** No server answered in time; asking later may succeed. */
        TIME_OUT
    }

    public DnsAnswer {
        records = List.copyOf(records);
        if ((status == Status.RECORDS) == records.isEmpty()) {
            throw new IllegalArgumentException(status + " with " + records.size() + " records");
        }
    }

    public static <T> DnsAnswer<T> of(List<T> records, boolean authentic, Duration lifetime) {
        return new DnsAnswer<>(Status.RECORDS, records, authentic, lifetime, "");
    }

    /** {@code NO_DATA} or {@code NO_SUCH_NAME}. */
    public static <T> DnsAnswer<T> none(Status status, boolean authentic, Duration lifetime) {
        return new DnsAnswer<>(status, List.of(), authentic, lifetime, "");
    }

    /** {@code SERVER_FAILURE} or {@code TIME_OUT}. */
    public static <T> DnsAnswer<T> failure(Status status, String cause) {
        return new DnsAnswer<>(status, List.of(), false, Duration.ZERO, cause);
    }

    /** Whether asking later may give another answer; never a reason to bounce. */
    public boolean isTemporary() {
        return status == Status.SERVER_FAILURE || status == Status.TIME_OUT;
    }

    /** Whether there are records. */
    public boolean isFound() {
        return status == Status.RECORDS;
    }
}
