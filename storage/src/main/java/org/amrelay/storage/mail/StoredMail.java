// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.mail;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.message.MessageContent;

/**
 * Everything that is kept of one mail.
 *
 * <p>Immutable. What is read back equals what was stored, except that the content may be read from the disk on each
 * {@code open()}.
 *
 * @param name the id under which logs and trace show the mail
 * @param state name of the processor that works on it next
 * @param errorMessage why it is in the state {@code error}
 * @param attributes attributes in text form
 * @param lastUpdated to milliseconds
 */
public record StoredMail(
        String name,
        Envelope envelope,
        MessageContent content,
        String state,
        Optional<String> errorMessage,
        Map<String, String> attributes,
        Origin origin,
        Instant lastUpdated) {
    public StoredMail {
        attributes = Map.copyOf(attributes);
    }
}
