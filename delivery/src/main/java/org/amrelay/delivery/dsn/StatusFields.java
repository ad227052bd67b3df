// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.time.Instant;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;

/** The part of a notice for programs (RFC 3464 §2). */
final class StatusFields {
    private StatusFields() {}

    static String of(Notice notice, QueuedDelivery about, String reportingHost, Instant now) {
        StringBuilder text = new StringBuilder();
        about.envelope().envelopeId().ifPresent(id -> text.append(SafeText.field("Original-Envelope-Id", id)));
        text.append(SafeText.field("Reporting-MTA", "dns; " + reportingHost));
        text.append(SafeText.field("Arrival-Date", SafeText.date(about.acceptedAt())));
        for (NoticeRecipient recipient : notice.recipients()) {
            text.append("\r\n");
            recipient(text, notice.kind(), recipient, about, now);
        }
        return text.toString();
    }

    /** Whether an address needs UTF-8 (RFC 6533 §3). */
    static boolean isInternational(Notice notice) {
        return notice.recipients().stream()
                .map(NoticeRecipient::recipient)
                .anyMatch(each -> isBeyondAscii(each.address().toString())
                        || isBeyondAscii(each.originalRecipient().orElse("")));
    }

    private static boolean isBeyondAscii(String text) {
        return text.chars().anyMatch(c -> c > 127);
    }

    private static void recipient(
            StringBuilder text, Notice.Kind kind, NoticeRecipient recipient, QueuedDelivery about, Instant now) {
        recipient
                .recipient()
                .originalRecipient()
                .ifPresent(original -> text.append(SafeText.utf8Field("Original-Recipient", original)));
        String address = recipient.recipient().address().toString();
        text.append(SafeText.utf8Field("Final-Recipient", (isBeyondAscii(address) ? "utf-8; " : "rfc822; ") + address));
        text.append(SafeText.field("Action", kind.action()));
        text.append(SafeText.field("Status", status(kind, recipient.reply())));
        int bracket = recipient.peer().indexOf('[');
        if (bracket > 0) {
            text.append(SafeText.field("Remote-MTA", "dns; " + recipient.peer().substring(0, bracket)));
            text.append(SafeText.field("Diagnostic-Code", "smtp; " + recipient.reply()));
        } else {
            text.append(SafeText.field("Diagnostic-Code", "X-Active-Mail-Relay; " + recipient.reply()));
        }
        text.append(SafeText.field("Last-Attempt-Date", SafeText.date(now)));
        if (kind == Notice.Kind.DELAYED) {
            text.append(SafeText.field("Will-Retry-Until", SafeText.date(about.expiresAt())));
        }
    }

    /** RFC 3463; the class must agree with the action, whatever code the peer gave. */
    static String status(Notice.Kind kind, Reply reply) {
        if (kind == Notice.Kind.EXPIRED && !reply.isPermanent()) {
            return "4.4.7";
        }
        String rest = reply.enhanced()
                .filter(code -> code.type() == kind.statusClass() - '0')
                .map(EnhancedCode::toString)
                .map(code -> code.substring(1))
                .orElse(".0.0");
        return kind.statusClass() + rest;
    }
}
