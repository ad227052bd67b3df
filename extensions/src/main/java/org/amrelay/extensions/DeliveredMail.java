// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.james.ReturnPaths;
import org.amrelay.james.SentMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.SentSearch;
import org.amrelay.storage.ledger.SentTrace;

/** {@link SentMail} out of our ledger, which knows mail as it was handed over: with the tag on its sender. */
record DeliveredMail(Ledger ledger, ReturnPaths paths, InstantSource clock) implements SentMail {
    @Override
    public Optional<Sent> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients) {
        return new SentSearch(ledger, this::plain)
                .find(envelopeId, sender, recipients)
                .map(DeliveredMail::sent);
    }

    private EmailAddress plain(EmailAddress sender) {
        return paths.original(sender) instanceof OriginalSender.Sender original ? original.address() : sender;
    }

    @Override
    public Optional<Sent> find(EmailAddress path) {
        return ledger.ofReturnPath(path.toString()).map(DeliveredMail::sent);
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
