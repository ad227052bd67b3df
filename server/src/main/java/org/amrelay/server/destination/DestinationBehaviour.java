// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import org.amrelay.mail.address.EmailAddress;

/** Decides what the destination answers; called on an event loop, so it returns at once, from several threads. */
public interface DestinationBehaviour {
    /** After RCPT. */
    default Answer onRecipient(EmailAddress recipient) {
        return Answer.accept();
    }

    /** After the final dot. */
    default Answer onMessage(ReceivedMessage message) {
        return Answer.accept();
    }

    /** Takes everything. */
    static DestinationBehaviour acceptsAll() {
        return new DestinationBehaviour() {};
    }
}
