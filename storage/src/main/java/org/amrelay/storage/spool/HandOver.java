// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.util.concurrent.CompletionStage;

/**
 * The one step by which a processed mail leaves the spool.
 *
 * <p>Safe for several threads.
 */
public interface HandOver {
    /**
     * Ends the claim of an item: in one transaction the item goes, its deliveries come, its recipients step to their states,
     * the mails that processing made are accepted, and the trace is written. When the stage fails nothing has happened and
     * the item is still claimed.
     *
     * <p>Every recipient of the item must be explained by a delivery or a fate; a recipient that the item did not have (a
     * mailet added it, an alias became it) gets a ledger row of its own. For an item of another queue than
     * {@link Spool#MAIN} the outcome has neither deliveries nor fates.
     *
     * @param spoolId a claimed item
     * @return completes when durable; fails with {@code StorageUnavailable} (try again), or with {@code IllegalStateException}
     *     for an item that is not claimed, a recipient without explanation, or a step that the ledger does not allow
     */
    CompletionStage<Void> complete(long spoolId, SpoolOutcome outcome);
}
