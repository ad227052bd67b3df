// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.amrelay.storage.ledger.Ledger;
import org.amrelay.storage.ledger.MailTrace;

/**
 * Finds mails by name, or among the newest {@value #FAR} by recipient, sender or message id.
 *
 * <p>An operator's question, not for the hot path: the second way reads page after page.
 */
final class TraceSearch {
    private static final int FAR = 20_000;
    private static final int PAGE = 500;

    private final Ledger ledger;

    TraceSearch(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Answers.Trace> find(String what, int limit) {
        List<MailTrace> named = ledger.trace(what);
        if (!named.isEmpty()) {
            return named.stream().limit(limit).map(LedgerViews::trace).toList();
        }
        String wanted = what.toLowerCase(Locale.ROOT);
        List<Answers.Trace> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (int seen = 0; seen < FAR && found.size() < limit; ) {
            List<MailTrace> page = ledger.recent(before, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (MailTrace mail : page) {
                if (found.size() < limit && mentions(mail, wanted)) {
                    ledger.trace(mail.name()).stream()
                            .filter(whole -> whole.id() == mail.id())
                            .map(LedgerViews::trace)
                            .forEach(found::add);
                }
            }
            seen += page.size();
            before = page.get(page.size() - 1).id();
        }
        return found;
    }

    private static boolean mentions(MailTrace mail, String wanted) {
        return mail.sender().toString().toLowerCase(Locale.ROOT).equals(wanted)
                || mail.recipients().stream()
                        .anyMatch(row -> row.address()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .equals(wanted));
    }
}
