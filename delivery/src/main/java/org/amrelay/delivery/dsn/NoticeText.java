// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import org.amrelay.delivery.queue.QueuedDelivery;

/** The part of a notice for people. */
final class NoticeText {
    private NoticeText() {}

    static String of(Notice notice, QueuedDelivery about, NoticeSettings settings) {
        StringBuilder text = new StringBuilder();
        text.append("This is the mail system at ")
                .append(settings.reportingHost())
                .append(".\n\n");
        text.append(
                switch (notice.kind()) {
                    case FAILED ->
                        "Your message could not be delivered to the recipients below.\n"
                                + "The next server has refused it for good; it will not be tried again.\n";
                    case EXPIRED ->
                        "Your message could not be delivered to the recipients below in time.\n"
                                + "It will not be tried again.\n";
                    case DELAYED ->
                        "Your message has not been delivered to the recipients below yet.\n"
                                + "You need not do anything: it will be tried until "
                                + SafeText.date(about.expiresAt()) + ".\n";
                    case RELAYED ->
                        "Your message was handed to the next server for the recipients below.\n"
                                + "That server does not report whether it reaches them.\n";
                });
        for (NoticeRecipient recipient : notice.recipients()) {
            text.append("\n<").append(recipient.recipient().address()).append(">\n    ");
            text.append(recipient.peer().isEmpty() ? "" : recipient.peer() + " said: ");
            text.append(recipient.reply()).append('\n');
        }
        text.append("\nYour message was accepted on ").append(SafeText.date(about.acceptedAt()));
        text.append(" as ").append(about.mailName()).append(".\n");
        text.append("Questions: ").append(settings.contact()).append('\n');
        return text.toString();
    }
}
