// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

/** Hears when a message begins and ends to arrive; for the connection's event loop. */
interface MessageTimes {
    void messageStarted();

    void messageEnded();

    /** For messages that do not come from a network. */
    static MessageTimes unwatched() {
        return new MessageTimes() {
            @Override
            public void messageStarted() {
                // nobody waits
            }

            @Override
            public void messageEnded() {
                // nobody waits
            }
        };
    }
}
