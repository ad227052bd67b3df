// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import org.amrelay.mail.message.MessageContent;

/** What became of a message that was to get a disclaimer. */
public sealed interface DisclaimerResult {
    /**
     * It has it now.
     *
     * @param message lives as long as the message that it is made of
     * @param parts how many parts have got it
     */
    record Added(MessageContent message, int parts) implements DisclaimerResult {}

    /** @param reason part of a sentence, without content of the message */
    record LeftAlone(String reason) implements DisclaimerResult {}
}
