// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.amrelay.james.SentMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.SentSearch;
import org.amrelay.storage.ledger.SentTrace;

/** {@link SentMail} out of the ledger. */
record LedgerSentMail(Ledger ledger, InstantSource clock) implements SentMail {
    @Override
    public Optional<Sent> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients) {
        return new SentSearch(ledger, UnaryOperator.identity())
                .find(envelopeId, sender, recipients)
                .map(LedgerSentMail::sent);
    }

    @Override
    public Optional<Sent> find(EmailAddress path) {
        return ledger.ofReturnPath(path.toString()).map(LedgerSentMail::sent);
    }

    private static Sent sent(SentTrace found) {
        return new Sent(found.mailName(), found.account(), found.recipient());
    }

    @Override
    public void note(String name, String kind, String text) {
        // The trace does without it when the disk refuses
        var unused = ledger.note(name, clock.instant(), kind, text);
    }
}
