// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.amrelay.authentication.report.SourceSummary;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.ledger.Audit;
import org.amrelay.storage.ledger.Impact;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.RecipientTrace;

/** Turns the ledger's values into the shapes that operators read. */
final class LedgerViews {
    private LedgerViews() {}

    static Answers.Queued queued(QueueEntry entry) {
        return new Answers.Queued(
                entry.id(),
                entry.mailName(),
                entry.sender().toString(),
                entry.nextHop().toString(),
                entry.recipients().stream().map(LedgerViews::recipient).toList(),
                entry.size(),
                entry.acceptedAt().toString(),
                entry.dueAt().toString(),
                entry.expiresAt().toString(),
                entry.attempts(),
                entry.held(),
                entry.inAttempt(),
                entry.account().orElse(""),
                entry.cancelledAt().map(Object::toString).orElse(""));
    }

    static Answers.Impact impact(Impact impact) {
        return new Answers.Impact(
                impact.deliveries(),
                impact.recipients(),
                impact.bytes(),
                shares(impact.senders()),
                shares(impact.nextHops()));
    }

    private static List<Answers.Share> shares(List<Impact.Share> shares) {
        return shares.stream()
                .map(share -> new Answers.Share(share.name(), share.deliveries()))
                .toList();
    }

    static Answers.Recipient recipient(RecipientTrace row) {
        return new Answers.Recipient(
                row.address().toString(),
                word(row.state()),
                row.changedAt().toString(),
                row.by(),
                row.lastReply().map(Object::toString).orElse(""),
                row.peer(),
                row.tls(),
                row.inDoubt());
    }

    static Answers.Trace trace(MailTrace mail) {
        return new Answers.Trace(
                mail.id(),
                mail.name(),
                mail.sender().toString(),
                mail.account().orElse(""),
                mail.origin().remoteAddress(),
                mail.origin().protocol(),
                mail.size(),
                mail.acceptedAt().toString(),
                mail.recipients().stream().map(LedgerViews::recipient).toList(),
                mail.events().stream()
                        .map(event -> new Answers.Event(event.at().toString(), event.kind(), event.text()))
                        .toList());
    }

    static Answers.AuditResult audit(Audit audit) {
        Map<String, Long> states = new TreeMap<>();
        audit.byState().forEach((state, count) -> states.put(word(state), count));
        return new Answers.AuditResult(
                audit.at().toString(),
                audit.mails(),
                audit.recipients(),
                states,
                audit.unaccounted(),
                audit.inDoubt(),
                audit.findings());
    }

    private static String word(RecipientState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<Answers.DmarcSource> sources(List<SourceSummary> found) {
        return found.stream().map(LedgerViews::source).toList();
    }

    private static Answers.DmarcSource source(SourceSummary of) {
        return new Answers.DmarcSource(
                of.domain(),
                of.source(),
                of.messages(),
                of.passed(),
                of.messages() - of.passed(),
                of.dkim(),
                of.spf(),
                of.quarantined(),
                of.rejected(),
                of.reporters(),
                of.lastSeen().toString());
    }
}
