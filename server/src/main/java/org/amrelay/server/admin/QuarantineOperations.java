// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Optional;

/** What an operator can ask of the quarantine and tell it; as {@link Operations}. */
public interface QuarantineOperations {
    /**
     * What an order is.
     *
     * @param to for which recipients; empty: all
     * @param restart whether released mail starts from the first processor
     * @param insist whether to release what is not releasable
     * @param by who orders it
     */
    record Order(List<String> to, boolean restart, boolean insist, String by) {
        public Order {
            to = List.copyOf(to);
        }
    }

    /** A page, the newest first, before that number; {@link Long#MAX_VALUE} for the first. */
    List<QuarantineAnswers.Kept> list(QuarantineQuestion question, long beforeId, int limit);

    Optional<QuarantineAnswers.Kept> find(long id);

    /** Empty when there is no such mail, or everything about it is decided. */
    Optional<QuarantineAnswers.Preview> preview(long id);

    /** The message as it is; empty as in {@link #preview}. */
    Optional<byte[]> raw(long id);

    /** What an order to all that the question selects would touch. */
    QuarantineAnswers.Amount amount(QuarantineQuestion question);

    QuarantineAnswers.Decided release(QuarantineQuestion question, Order order);

    QuarantineAnswers.Decided delete(QuarantineQuestion question, Order order);

    /** Says what mails are, {@code ham} or {@code spam}; how many there were. */
    QuarantineAnswers.Decided report(QuarantineQuestion question, String as, String by);

    /** Sends a digest now, to that address or, when it is empty, to all of ours who have not been told. */
    QuarantineAnswers.Digests digest(String recipient);
}
