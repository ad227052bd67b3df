// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.address.EmailAddress;

/**
 * What the destination has taken: copies per recipient, and the last messages.
 *
 * <p>Safe for several threads. Grows by one entry per distinct recipient address.
 */
public final class ReceivedMail {
    private final int keep;
    private final Deque<ReceivedMessage> last = new ArrayDeque<>();
    private final Map<EmailAddress, List<Instant>> copies = new HashMap<>();
    private long messages;

    ReceivedMail(int keep) {
        this.keep = keep;
    }

    synchronized void add(ReceivedMessage message) {
        messages++;
        message.recipients()
                .forEach(recipient -> copies.computeIfAbsent(recipient, r -> new ArrayList<>(1))
                        .add(message.at()));
        if (keep == 0) {
            return;
        }
        if (last.size() == keep) {
            last.removeFirst();
        }
        last.addLast(message);
    }

    /** How many messages were taken since the start, each transaction one. */
    public synchronized long count() {
        return messages;
    }

    /** The last messages, oldest first. */
    public synchronized List<ReceivedMessage> messages() {
        return List.copyOf(last);
    }

    /** Those of the last messages that went to the address, oldest first. */
    public synchronized List<ReceivedMessage> messagesFor(EmailAddress recipient) {
        return last.stream()
                .filter(message -> message.recipients().contains(recipient))
                .toList();
    }

    /** When each copy for the address was taken; empty when there was none. */
    public synchronized List<Instant> copiesFor(EmailAddress recipient) {
        return List.copyOf(copies.getOrDefault(recipient, List.of()));
    }

    /** Number of copies for each address that got any. */
    public synchronized Map<EmailAddress, Integer> copies() {
        Map<EmailAddress, Integer> counts = new HashMap<>();
        copies.forEach((recipient, times) -> counts.put(recipient, times.size()));
        return counts;
    }
}
