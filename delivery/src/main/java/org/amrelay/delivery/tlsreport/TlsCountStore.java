// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps the counts of sessions until they have been reported. Safe for several threads. */
public interface TlsCountStore {
    /**
     * Adds to what is kept.
     *
     * @return completes when durable, or exceptionally when nothing was added
     */
    CompletionStage<Void> add(List<TlsCount> counts);

    /** The days that have counts, oldest first; blocks. */
    List<LocalDate> days();

    /** The domains with counts of a day, in order of their names, after that name; blocks. */
    List<String> domains(LocalDate day, String after, int limit);

    /** All counts of a domain and day, at most ten thousand; blocks. */
    List<TlsCount> counts(LocalDate day, String domain);

    /** Sums of all that is kept, oldest day first, then by domain; blocks. */
    List<WaitingCounts> waiting(int limit);

    /** Drops those of a domain and day. */
    CompletionStage<Void> forget(LocalDate day, String domain);
}
