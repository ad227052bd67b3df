// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import org.amrelay.mail.reply.Reply;

/**
 * How a connection ended before its time.
 *
 * @param kind what happened
 * @param text for people: what was waited for, what came
 */
record Loss(Kind kind, String text) {
    enum Kind {
        CLOSED,
        TIME_OUT,
        GARBLED,
        ABORTED
    }

    /** What the ledger shows where no peer answered. */
    Reply reply() {
        return switch (kind) {
            case CLOSED -> Reply.of(451, "4.4.2", text);
            case TIME_OUT -> Reply.of(451, "4.4.1", text);
            case GARBLED -> Reply.of(451, "4.5.0", text);
            case ABORTED -> Reply.of(451, "4.3.2", text);
        };
    }
}
