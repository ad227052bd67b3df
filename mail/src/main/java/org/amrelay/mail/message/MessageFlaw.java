// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import org.amrelay.mail.reply.Reply;

/** Why a message is refused for its structure; each flaw knows what the sender reads (RFC 3463 §3.5, §3.7). */
public enum MessageFlaw {
    TOO_MANY_HEADER_FIELDS("5.6.0", "the message has too many header fields"),
    HEADER_TOO_LARGE("5.6.0", "the header of the message is too large"),
    LOOP("5.4.6", "the message passed too many servers and is in a loop"),
    TOO_DEEP("5.6.0", "the parts of the message are nested too deep"),
    TOO_MANY_PARTS("5.6.0", "the message has too many parts");

    private final String enhanced;
    private final String text;

    MessageFlaw(String enhanced, String text) {
        this.enhanced = enhanced;
        this.text = text;
    }

    /** The permanent reply that names the flaw. */
    public Reply reply() {
        return Reply.of(554, enhanced, text);
    }
}
