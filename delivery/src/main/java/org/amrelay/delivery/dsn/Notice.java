// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import java.util.List;

/**
 * What the sender of a mail is to be told.
 *
 * @param kind the same for all recipients of the notice
 * @param recipients at least one, each of which may be told of (RFC 3461 §4.1)
 */
public record Notice(Kind kind, List<NoticeRecipient> recipients) {
    /** The kinds of notice, with the words that they use. */
    public enum Kind {
        /** Refused for good. */
        FAILED("failed", '5'),
        /** Given up after the last retry. */
        EXPIRED("failed", '5'),
        DELAYED("delayed", '4'),
        /** Handed to a server that does not report by itself (RFC 3461 §5.2.2). */
        RELAYED("relayed", '2');

        private final String action;
        private final char statusClass;

        Kind(String action, char statusClass) {
            this.action = action;
            this.statusClass = statusClass;
        }

        /** The Action field (RFC 3464 §2.3.3). */
        String action() {
            return action;
        }

        char statusClass() {
            return statusClass;
        }
    }

    public Notice {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a notice tells of a recipient");
        }
    }
}
