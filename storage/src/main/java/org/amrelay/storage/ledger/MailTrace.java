// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.storage.mail.Origin;

/**
 * What is known of one mail.
 *
 * @param size as accepted, in bytes
 * @param account that submitted it, empty for mail from elsewhere
 * @param recipients in the order they came
 * @param events in the order they happened
 */
public record MailTrace(
        long id,
        String name,
        ReversePath sender,
        Optional<String> account,
        Origin origin,
        long size,
        Instant acceptedAt,
        List<RecipientTrace> recipients,
        List<TraceEvent> events) {
    public MailTrace {
        recipients = List.copyOf(recipients);
        events = List.copyOf(events);
    }
}
