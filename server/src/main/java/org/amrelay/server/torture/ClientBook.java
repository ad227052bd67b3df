// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.mail.address.EmailAddress;

/**
 * What the clients know of each mail they tried to send.
 *
 * <p>Safe for several threads; each mail is written by one.
 */
final class ClientBook {
    /** How far a mail got, as its client sees it. */
    enum Outcome {
        /** The final dot was never sent: the relay cannot have the mail. */
        NOT_SENT,
        /** Something other than 250 came after the final dot, or before it. */
        REFUSED,
        /** The final dot was sent, no answer came: the relay may have it or not. */
        IN_DOUBT,
        /** 250 after the final dot. */
        ACCEPTED
    }

    /**
     * A line of the book.
     *
     * @param recipients those that got 250 for RCPT
     */
    record Entry(Outcome outcome, List<EmailAddress> recipients) {
        Entry {
            recipients = List.copyOf(recipients);
        }
    }

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();

    void put(TortureMail mail, Outcome outcome, List<EmailAddress> recipients) {
        entries.put(mail.id(), new Entry(outcome, recipients));
        if (outcome == Outcome.ACCEPTED) {
            accepted.incrementAndGet();
        }
    }

    /** Mails that were accepted so far. Cheap. */
    long acceptedMails() {
        return accepted.get();
    }

    Map<String, Entry> entries() {
        return Map.copyOf(entries);
    }

    /** Recipients of mails with that outcome. */
    long recipients(Outcome outcome) {
        return entries.values().stream()
                .filter(entry -> entry.outcome() == outcome)
                .mapToLong(entry -> entry.recipients().size())
                .sum();
    }

    /** Mails with that outcome. */
    long mails(Outcome outcome) {
        return entries.values().stream()
                .filter(entry -> entry.outcome() == outcome)
                .count();
    }
}
