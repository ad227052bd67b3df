// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.amrelay.mail.address.EmailAddress;

/**
 * Finds the mail that a bounce is about; without an ENVID it looks among the newest {@value #FAR} mails.
 *
 * @param plain the sender behind the one that the ledger has, for a ledger of mail whose senders carry a tag
 */
public record SentSearch(Ledger ledger, UnaryOperator<EmailAddress> plain) {
    private static final int FAR = 500;
    private static final int PAGE = 500;

    /** The mail with that ENVID, else the newest of the sender that went to one of the recipients; blocks on the disk. */
    public Optional<SentTrace> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients) {
        Set<String> wanted = new HashSet<>();
        recipients.forEach(each -> wanted.add(key(each)));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<SentTrace> named = envelopeId.map(String::strip).stream()
                .flatMap(name -> ledger.trace(name).stream())
                .flatMap(mail -> sent(mail, sender, wanted).stream())
                .findFirst();
        return named.isPresent() ? named : among(sender, wanted);
    }

    private Optional<SentTrace> among(EmailAddress sender, Set<String> wanted) {
        long before = Long.MAX_VALUE;
        for (int seen = 0; seen < FAR; seen += PAGE) {
            List<MailTrace> page = ledger.recent(before, PAGE);
            for (MailTrace mail : page) {
                Optional<SentTrace> found = sent(mail, sender, wanted);
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

    private Optional<SentTrace> sent(MailTrace mail, EmailAddress sender, Set<String> wanted) {
        boolean same = mail.sender().address().map(plain).map(SentSearch::key).equals(Optional.of(key(sender)));
        return !same
                ? Optional.empty()
                : mail.recipients().stream()
                        .map(RecipientTrace::address)
                        .filter(address -> wanted.contains(key(address)))
                        .findFirst()
                        .map(address -> new SentTrace(mail.name(), mail.account(), address));
    }

    private static String key(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
