// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.torture.ClientBook.Entry;
import org.amrelay.server.torture.ClientBook.Outcome;
import org.amrelay.storage.ledger.RecipientTrace;

/**
 * Compares what clients were told, what the destination took and what the ledger says, recipient by recipient.
 *
 * <p>Used once, by one thread.
 */
final class Reconciliation {
    private static final int MOST_FINDINGS = 100;

    private final Map<String, Entry> clients;
    private final Map<EmailAddress, Integer> copies;
    private final Map<EmailAddress, List<RecipientTrace>> rows;
    private final DoubtBook doubts;
    private final Set<EmailAddress> known = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private long delivered;
    private long bounced;
    private long queued;
    private long lost;
    private long duplicated;
    private long excused;
    private long taken;

    Reconciliation(
            Map<String, Entry> clients,
            Map<EmailAddress, Integer> copies,
            Map<EmailAddress, List<RecipientTrace>> rows,
            DoubtBook doubts) {
        this.clients = clients;
        this.copies = copies;
        this.rows = rows;
        this.doubts = doubts;
        clients.forEach(this::compare);
        copies.forEach(this::countCopies);
        copies.keySet().stream()
                .filter(address -> RecipientKind.of(address).isPresent() && !known.contains(address))
                .forEach(address -> find(address, "arrived, but no client had finished sending it"));
    }

    private void compare(String id, Entry entry) {
        boolean mayBeAbsent = entry.outcome() != Outcome.ACCEPTED;
        boolean isThere = entry.recipients().stream().anyMatch(rows::containsKey);
        if (entry.outcome() == Outcome.IN_DOUBT || entry.outcome() == Outcome.ACCEPTED) {
            known.addAll(entry.recipients());
        }
        if (mayBeAbsent && !isThere) {
            return;
        }
        if (entry.outcome() == Outcome.REFUSED) {
            findings.add(id + " was refused to the client, and yet it is in the ledger");
        }
        if (entry.outcome() == Outcome.IN_DOUBT) {
            taken += entry.recipients().size();
        }
        entry.recipients().forEach(recipient -> settle(id, recipient));
    }

    private void settle(String id, EmailAddress recipient) {
        List<RecipientTrace> found = rows.getOrDefault(recipient, List.of());
        if (found.size() != 1) {
            lose(recipient, found.isEmpty() ? "is not in the ledger" : "is in the ledger " + found.size() + " times");
            return;
        }
        RecipientState state = found.get(0).state();
        boolean refused = RecipientKind.of(recipient)
                .filter(kind -> kind == RecipientKind.REFUSED)
                .isPresent();
        if (!state.isFinal()) {
            queued++;
        } else if (state == RecipientState.DELIVERED && copies.containsKey(recipient)) {
            delivered++;
        } else if (state == RecipientState.BOUNCED && refused && senderWasTold(id)) {
            bounced++;
        } else {
            lose(
                    recipient,
                    "is " + state + " by '" + found.get(0).by() + "', with "
                            + copies.getOrDefault(recipient, 0) + " copies at the destination"
                            + (refused && !senderWasTold(id) ? " and no notice to the sender" : ""));
        }
    }

    private boolean senderWasTold(String id) {
        EmailAddress sender = TortureMail.senderOf(id);
        return copies.containsKey(sender)
                || rows.getOrDefault(sender, List.of()).stream()
                        .anyMatch(row -> !row.state().isFinal());
    }

    private void countCopies(EmailAddress address, int count) {
        List<RecipientTrace> entered = rows.getOrDefault(address, List.of());
        int further = count - Math.max(1, entered.size());
        if (further <= 0) {
            return;
        }
        int allowed = doubts.excusedFor(address)
                + (int) entered.stream().filter(RecipientTrace::inDoubt).count();
        duplicated += further;
        excused += Math.min(further, allowed);
        if (further > allowed) {
            find(address, "arrived " + count + " times, and only " + allowed + " times the relay was in doubt");
        }
    }

    private void lose(EmailAddress recipient, String how) {
        lost++;
        find(recipient, how);
    }

    private void find(EmailAddress address, String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(address + " " + what);
        }
    }

    long delivered() {
        return delivered;
    }

    long bounced() {
        return bounced;
    }

    long queued() {
        return queued;
    }

    long lost() {
        return lost;
    }

    long duplicated() {
        return duplicated;
    }

    long duplicatedInDoubt() {
        return excused;
    }

    /** Recipients of mails in doubt at the client that the relay had taken. */
    long taken() {
        return taken;
    }

    long inDoubtAtPeer() {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(RecipientTrace::inDoubt)
                .count();
    }

    long accepted() {
        return clients.values().stream()
                .filter(entry -> entry.outcome() == Outcome.ACCEPTED)
                .mapToLong(entry -> entry.recipients().size())
                .sum();
    }

    /** What is wrong, one line each; at most about a hundred. */
    List<String> findings() {
        return List.copyOf(findings);
    }
}
