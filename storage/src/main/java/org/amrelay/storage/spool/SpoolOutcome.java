// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.util.List;
import org.amrelay.storage.repository.RepositoryStore;

/**
 * All effects of processing one mail.
 *
 * @param deliveries what goes to delivery
 * @param fates what became of the recipients that do not go to delivery
 * @param spawned mails that processing sent, into whichever queue
 * @param stored mails that processing put into repositories
 * @param steps how it came about, in order
 * @param quarantined what is kept back
 */
public record SpoolOutcome(
        List<HandedOver> deliveries,
        List<RecipientFate> fates,
        List<NewSpoolItem> spawned,
        List<RepositoryStore> stored,
        List<TraceStep> steps,
        List<NewQuarantined> quarantined) {
    public SpoolOutcome {
        deliveries = List.copyOf(deliveries);
        fates = List.copyOf(fates);
        spawned = List.copyOf(spawned);
        stored = List.copyOf(stored);
        steps = List.copyOf(steps);
        quarantined = List.copyOf(quarantined);
    }

    /** Nothing is kept back. */
    public SpoolOutcome(
            List<HandedOver> deliveries,
            List<RecipientFate> fates,
            List<NewSpoolItem> spawned,
            List<RepositoryStore> stored,
            List<TraceStep> steps) {
        this(deliveries, fates, spawned, stored, steps, List.of());
    }

    /** Everything goes to delivery. */
    public static SpoolOutcome delivering(List<HandedOver> deliveries) {
        return new SpoolOutcome(deliveries, List.of(), List.of(), List.of(), List.of());
    }

    /** Nothing goes to delivery. */
    public static SpoolOutcome ending(List<RecipientFate> fates) {
        return new SpoolOutcome(List.of(), fates, List.of(), List.of(), List.of());
    }
}
