// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Optional;
import org.amrelay.mail.message.MessageContent;

/** A message of James that knows the bytes it was made of, so that nobody has to write it to learn them. */
public interface HoldsContent {
    /** The bytes in network form; empty when the message has been modified since. */
    Optional<MessageContent> unchangedContent();
}
