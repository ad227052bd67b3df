// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import org.amrelay.mail.reply.Reply;

/**
 * What one transaction meant for one recipient.
 *
 * @param kind the meaning
 * @param reply what the server said, or our words where it said nothing
 */
public record Verdict(Kind kind, Reply reply) {
    /** The meanings. */
    public enum Kind {
        /** The server took responsibility. */
        ACCEPTED,
        /** The server refused this recipient or this message for good. */
        REFUSED,
        /** Not now; includes all that is unknown. */
        LATER,
        /** The server takes no more recipients in this transaction; another one may follow at once (RFC 5321 §4.5.3.1.10). */
        NEXT_TRANSACTION,
        /** The whole message was sent and the answer was lost: the server may have taken it. */
        IN_DOUBT
    }
}
