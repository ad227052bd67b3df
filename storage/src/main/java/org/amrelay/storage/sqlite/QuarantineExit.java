// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.quarantine.QuarantineState;
import org.amrelay.filtering.quarantine.QuarantineStore;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.QuarantinedRecipient;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;

/**
 * How some copies of a mail leave the quarantine.
 *
 * @param copies kept until now
 * @param snapshot empty when none was kept
 */
record QuarantineExit(
        QuarantinedMail found, List<QuarantinedRecipient> copies, Optional<QuarantineRows.Snapshot> snapshot) {
    private static final String FIRST_PROCESSOR = "root";
    private static final String PARENT = "UPDATE recipient SET parent = ?2 WHERE id = ?1";

    private QuarantineRows.Snapshot kept() {
        return snapshot.orElseThrow(() -> new IllegalStateException("the mail " + found.id() + " is not kept"));
    }

    /** @param number makes the name unique: an item may be released more than once, to different recipients */
    NewSpoolItem item(ReleaseManner manner, long number, Instant now) {
        StoredMail mail = kept().mail();
        Map<String, String> attributes = new HashMap<>(mail.attributes());
        if (manner.restart()) {
            attributes.remove(QuarantineStore.GO_ON_AFTER);
        }
        StoredMail released = new StoredMail(
                mail.name() + "-r" + number,
                envelope(mail.envelope()),
                mail.content(),
                manner.restart() ? FIRST_PROCESSOR : mail.state(),
                Optional.empty(),
                attributes,
                mail.origin(),
                now);
        return NewSpoolItem.of(Spool.MAIN, released);
    }

    /** The copies with what their sender wants to hear, in the order of {@link #copies}. */
    private Envelope envelope(Envelope whole) {
        Map<EmailAddress, EnvelopeRecipient> byAddress = new HashMap<>();
        whole.recipients().forEach(recipient -> byAddress.putIfAbsent(recipient.address(), recipient));
        Set<EmailAddress> seen = new HashSet<>();
        return whole.to(copies.stream()
                .map(QuarantinedRecipient::address)
                .filter(seen::add)
                .map(address -> byAddress.getOrDefault(address, EnvelopeRecipient.of(address)))
                .toList());
    }

    /** The rows of the ledger become those of the new mail. */
    void releaseRows(Statements tables, long mail, long now, String by) throws SQLException {
        decide(tables, QuarantineState.RELEASED, RecipientState.EXPANDED, now, by);
        List<EnvelopeRecipient> to = envelope(kept().mail().envelope()).recipients();
        for (int number = 0; number < to.size(); number++) {
            EmailAddress address = to.get(number).address();
            for (QuarantinedRecipient copy : copies) {
                long row = copy.address().equals(address) ? QuarantineRows.ledgerRow(tables, copy.id()) : 0;
                if (row != 0) {
                    tables.update(PARENT, Ids.of(mail, number), row);
                }
            }
        }
    }

    void decide(Statements tables, QuarantineState as, RecipientState state, long now, String by) throws SQLException {
        for (QuarantinedRecipient copy : copies) {
            QuarantineRows.decide(tables, copy.id(), as, now, by);
            long row = QuarantineRows.ledgerRow(tables, copy.id());
            if (row != 0) {
                String words = as.word() + " from quarantine by " + by;
                MailRows.step(tables, row, RecipientState.QUARANTINED, state, now, null, words);
            }
        }
    }

    void note(Statements tables, long now, String kind, String words) throws SQLException {
        long mail = kept().ledger();
        if (mail != 0) {
            List<String> who =
                    copies.stream().map(copy -> copy.address().toString()).toList();
            MailRows.event(
                    tables, mail, now, EventLines.of(kind, "number " + found.id() + " for " + who + " " + words));
        }
    }

    /** Where the new mail comes from, for its trace. */
    String origin(String by) {
        return "from quarantine number " + found.id() + ", where it was mail " + found.mailName() + ", by " + by;
    }

    /** The owner whose bodies are gone, if nobody needs them any more. */
    Optional<Long> close(Statements tables, Bodies bodies) throws SQLException {
        long owner = kept().owner();
        boolean isEmpty = QuarantineRows.countDown(tables, found.id(), copies.size());
        if (!isEmpty || MailRows.hasOpen(tables, owner)) {
            return Optional.empty();
        }
        bodies.delete(tables, owner);
        return Optional.of(owner);
    }
}
