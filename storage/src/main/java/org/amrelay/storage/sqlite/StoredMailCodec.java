// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;

/**
 * The stored form of a mail without its content: a version byte, then fields in a fixed order.
 *
 * <p>A new field gets a new version; old versions are read for ever.
 */
final class StoredMailCodec {
    private static final int VERSION = 2;
    private static final int WITHOUT_REQUIRE_TLS = 1;

    private StoredMailCodec() {}

    static byte[] write(StoredMail mail) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(mail.content().size());
            text(out, mail.name());
            text(out, mail.state());
            optional(out, mail.errorMessage());
            out.writeLong(mail.lastUpdated().toEpochMilli());
            envelope(out, mail.envelope());
            text(out, mail.origin().remoteHost());
            text(out, mail.origin().remoteAddress());
            text(out, mail.origin().helo());
            text(out, mail.origin().protocol());
            out.writeInt(mail.attributes().size());
            for (Map.Entry<String, String> attribute : mail.attributes().entrySet()) {
                text(out, attribute.getKey());
                text(out, attribute.getValue());
            }
            out.writeBoolean(mail.envelope().requireTls());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void envelope(DataOutputStream out, Envelope envelope) throws IOException {
        text(out, envelope.sender().toString());
        optional(out, envelope.envelopeId());
        optional(out, envelope.returnContent().map(ReturnContent::name));
        optional(out, envelope.account());
        out.writeInt(envelope.recipients().size());
        for (EnvelopeRecipient recipient : envelope.recipients()) {
            text(out, recipient.address().localPart());
            text(out, recipient.address().domain());
            out.writeByte(NotifyBits.of(recipient.notifyOn()));
            optional(out, recipient.originalRecipient());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            text(out, text.get());
        }
    }

    /** @param contents makes the content from its size */
    static StoredMail read(byte[] bytes, LongFunction<MessageContent> contents) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION && version != WITHOUT_REQUIRE_TLS) {
                throw new IllegalStateException("a stored mail has the unknown version " + version);
            }
            MessageContent content = contents.apply(in.readLong());
            String name = text(in);
            String state = text(in);
            Optional<String> error = optional(in);
            Instant lastUpdated = Instant.ofEpochMilli(in.readLong());
            Envelope envelope = envelope(in);
            Origin origin = new Origin(text(in), text(in), text(in), text(in));
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                attributes.put(text(in), text(in));
            }
            boolean requireTls = version != WITHOUT_REQUIRE_TLS && in.readBoolean();
            return new StoredMail(
                    name, envelope.withRequireTls(requireTls), content, state, error, attributes, origin, lastUpdated);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored mail is cut off", e);
        }
    }

    private static Envelope envelope(DataInputStream in) throws IOException {
        ReversePath sender = ReversePath.of(text(in));
        Optional<String> id = optional(in);
        Optional<ReturnContent> returned = optional(in).map(ReturnContent::valueOf);
        Optional<String> account = optional(in);
        List<EnvelopeRecipient> recipients = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            EmailAddress address = new EmailAddress(text(in), text(in));
            recipients.add(new EnvelopeRecipient(address, NotifyBits.read(in.readByte()), optional(in)));
        }
        // Whether it requires TLS stands at the end of the form, if at all
        return new Envelope(sender, recipients, id, returned, account, false);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length > in.available()) {
            throw new IOException("a text of " + length + " bytes does not fit");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
    }
}
