// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.amrelay.james.SentMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.ledger.RecipientTrace;

/** {@link SentMail} out of the ledger; without an ENVID it looks among the newest {@value #FAR} mails. */
record LedgerSentMail(Ledger ledger, InstantSource clock) implements SentMail {
    private static final int FAR = 500;
    private static final int PAGE = 500;

    @Override
    public Optional<Sent> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients) {
        Set<String> wanted = new HashSet<>();
        recipients.forEach(each -> wanted.add(key(each)));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<Sent> named = envelopeId.map(String::strip).stream()
                .flatMap(name -> ledger.trace(name).stream())
                .flatMap(mail -> sent(mail, sender, wanted).stream())
                .findFirst();
        return named.isPresent() ? named : among(sender, wanted);
    }

    private Optional<Sent> among(EmailAddress sender, Set<String> wanted) {
        long before = Long.MAX_VALUE;
        for (int seen = 0; seen < FAR; seen += PAGE) {
            List<MailTrace> page = ledger.recent(before, PAGE);
            for (MailTrace mail : page) {
                Optional<Sent> found = sent(mail, sender, wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
            if (page.size() < PAGE) {
                break;
            }
            before = page.get(page.size() - 1).id();
        }
        return Optional.empty();
    }

    private static Optional<Sent> sent(MailTrace mail, EmailAddress sender, Set<String> wanted) {
        boolean same = mail.sender().address().map(LedgerSentMail::key).equals(Optional.of(key(sender)));
        return !same
                ? Optional.empty()
                : mail.recipients().stream()
                        .map(RecipientTrace::address)
                        .filter(address -> wanted.contains(key(address)))
                        .findFirst()
                        .map(address -> new Sent(mail.name(), mail.account(), address));
    }

    private static String key(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void note(String name, String kind, String text) {
        // The trace does without it when the disk refuses
        var unused = ledger.note(name, clock.instant(), kind, text);
    }
}
