// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.mime.MailDate;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.mime.ReceivedHop;

/**
 * The header of a message or of a part: its fields in their order, and the usual questions about them.
 *
 * <p>Unlike {@link HeaderSection}, which keeps every octet for signatures, it reads as mail programs do: bare line ends end
 * lines. Immutable, decoded when asked, safe for several threads.
 */
public final class MessageHeader {
    private final List<DecodedField> fields;

    MessageHeader(List<HeaderField> fields) {
        List<DecodedField> decoded = new ArrayList<>(fields.size());
        fields.forEach(field -> decoded.add(new DecodedField(field)));
        this.fields = List.copyOf(decoded);
    }

    /** All fields, and lines that are none, in the order of the message. */
    public List<DecodedField> fields() {
        return fields;
    }

    /** The fields of a name, without regard to case, in their order. */
    public List<DecodedField> named(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return fields.stream().filter(field -> field.key().equals(key)).toList();
    }

    /** The first field of a name. */
    public Optional<DecodedField> first(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /** Whether there is a field of a name. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** The decoded text of the first field of a name; empty text when there is none. */
    public String text(String name) {
        return first(name).map(DecodedField::text).orElse("");
    }

    /** The addresses in all fields of a name. */
    public List<Mailbox> addresses(String name) {
        return named(name).stream()
                .flatMap(field -> Mailbox.parse(field.field().body()).stream())
                .toList();
    }

    public List<Mailbox> from() {
        return addresses("from");
    }

    public List<Mailbox> sender() {
        return addresses("sender");
    }

    public List<Mailbox> to() {
        return addresses("to");
    }

    public List<Mailbox> cc() {
        return addresses("cc");
    }

    public List<Mailbox> replyTo() {
        return addresses("reply-to");
    }

    /** Decoded; empty text when there is none. */
    public String subject() {
        return text("subject");
    }

    /** When the message says that it was written; empty when it does not, or nobody can read it. */
    public Optional<Instant> date() {
        return first("date").flatMap(field -> MailDate.parse(field.field().body()));
    }

    /** Without the brackets; empty text when there is none. */
    public String messageId() {
        return bare(text("message-id"));
    }

    private static String bare(String id) {
        String text = id.strip();
        return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    }

    /** The hops, the last one first, as the servers wrote them. */
    public List<ReceivedHop> received() {
        return named("received").stream()
                .map(field -> ReceivedHop.parse(field.field().body()))
                .toList();
    }
}
