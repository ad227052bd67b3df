// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import org.amrelay.mail.reply.Reply;

/** What came of the attempt to open a session. */
public sealed interface OpenResult {
    /** Mail can be sent. */
    record Opened(OutboundSession connection) implements OpenResult {}

    /**
     * No session with this address now; says nothing about any recipient, whatever the code is.
     *
     * @param reply what the server said, or our words
     * @param spoke whether the server answered at all
     */
    record Unavailable(Target target, Reply reply, boolean spoke) implements OpenResult {}
}
