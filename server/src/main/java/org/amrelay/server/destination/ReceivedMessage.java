// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;

/**
 * A message as the destination got it, dots already unstuffed.
 *
 * <p>The array is not copied: nobody writes to it.
 *
 * @param recipients those the destination had said 250 to, in order
 * @param content header and body, lines end with CRLF
 * @param greeting the name the client gave with EHLO or HELO
 * @param encrypted whether it came over TLS
 * @param session number of the connection, from 1
 */
public record ReceivedMessage(
        ReversePath sender,
        List<EmailAddress> recipients,
        byte[] content,
        String greeting,
        boolean encrypted,
        long session,
        Instant at) {
    public ReceivedMessage {
        recipients = List.copyOf(recipients);
    }

    /** The content with one char per octet. */
    public String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** The part after the first empty line, one char per octet; empty text when there is none. */
    public String body() {
        String text = text();
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }

    /** The unfolded value of the first field with that name, in any case. */
    public Optional<String> header(String name) {
        String text = text();
        int end = text.indexOf("\r\n\r\n");
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        for (String field : (end < 0 ? text : text.substring(0, end)).split("\r\n(?![ \t])", -1)) {
            if (field.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                return Optional.of(
                        field.substring(prefix.length()).replace("\r\n", "").trim());
            }
        }
        return Optional.empty();
    }
}
