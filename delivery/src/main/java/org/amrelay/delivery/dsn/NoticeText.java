// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.util.List;
import java.util.Map;
import org.amrelay.delivery.dsn.NoticeTemplate.Part;
import org.amrelay.delivery.queue.QueuedDelivery;

/** The part of a notice for people. */
final class NoticeText {
    private static final String DIVIDER = "\n----------\n\n";

    private NoticeText() {}

    /** @param templates one below the other, at least one */
    static String of(Notice notice, QueuedDelivery about, NoticeSettings settings, List<NoticeTemplate> templates) {
        StringBuilder text = new StringBuilder();
        for (NoticeTemplate template : templates) {
            text.append(text.length() == 0 ? "" : DIVIDER).append(of(notice, about, settings, template));
        }
        return text.toString();
    }

    private static String of(Notice notice, QueuedDelivery about, NoticeSettings settings, NoticeTemplate template) {
        Map<String, String> values = Map.of(
                "host", settings.reportingHost(),
                "until", SafeText.date(about.expiresAt()),
                "date", SafeText.date(about.acceptedAt()),
                "mail", about.mailName(),
                "contact", settings.contact().toString());
        StringBuilder text = new StringBuilder();
        text.append(template.text(Part.GREETING, values)).append("\n\n");
        text.append(template.text(part(notice.kind()), values)).append('\n');
        for (NoticeRecipient recipient : notice.recipients()) {
            text.append("\n<").append(recipient.recipient().address()).append(">\n    ");
            text.append(
                    recipient.peer().isEmpty() ? "" : recipient.peer() + ' ' + template.text(Part.SAID, values) + ": ");
            text.append(recipient.reply()).append('\n');
        }
        text.append('\n').append(template.text(Part.ACCEPTED, values)).append('\n');
        return text.append(template.text(Part.QUESTIONS, values)).append('\n').toString();
    }

    private static Part part(Notice.Kind kind) {
        return switch (kind) {
            case FAILED -> Part.FAILED;
            case EXPIRED -> Part.EXPIRED;
            case DELAYED -> Part.DELAYED;
            case RELAYED -> Part.RELAYED;
        };
    }

    static String subject(Notice.Kind kind, NoticeTemplate template) {
        return template.text(
                switch (kind) {
                    case FAILED, EXPIRED -> Part.SUBJECT_FAILED;
                    case DELAYED -> Part.SUBJECT_DELAYED;
                    case RELAYED -> Part.SUBJECT_RELAYED;
                },
                Map.of());
    }
}
