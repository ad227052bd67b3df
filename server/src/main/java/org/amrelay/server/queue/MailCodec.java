// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailEnvelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * James' mail as storage keeps it, and back.
 *
 * <p>Attributes take James' own text form (JSON with the serializer's name); those that have none are left out, as James
 * does. Headers for single recipients travel as an attribute of their own. Stateless.
 */
public final class MailCodec {
    /** How the mail came, for {@link Origin#protocol()}; whoever receives mail may set it. */
    public static final AttributeName PROTOCOL = AttributeName.of("org.amrelay.protocol");

    private static final String RECIPIENT_HEADERS = "org.amrelay.recipient-headers";
    private static final Logger LOGGER = LoggerFactory.getLogger(MailCodec.class);

    private MailCodec() {}

    /**
     * The mail with the message as it is now.
     *
     * @throws MessagingException when there is no message or it cannot be read
     */
    public static StoredMail toStored(Mail mail) throws MessagingException {
        if (mail.getMessage() == null) {
            throw new MessagingException(mail.getName() + " has no message");
        }
        return toStored(mail, NetworkForm.of(mail.getMessage()));
    }

    static StoredMail toStored(Mail mail, MessageContent content) {
        return new StoredMail(
                mail.getName(),
                MailEnvelope.of(mail),
                content,
                Optional.ofNullable(mail.getState()).orElse(Mail.DEFAULT),
                Optional.ofNullable(mail.getErrorMessage()),
                attributes(mail),
                new Origin(
                        Optional.ofNullable(mail.getRemoteHost()).orElse(""),
                        Optional.ofNullable(mail.getRemoteAddr()).orElse(""),
                        text(mail, Mail.SMTP_HELO),
                        text(mail, PROTOCOL)),
                Optional.ofNullable(mail.getLastUpdated()).map(Date::toInstant).orElse(Instant.EPOCH));
    }

    /**
     * The mail that was stored; its message is read when asked for.
     *
     * @throws MessagingException when an address or attribute is not what a relay of this version writes
     */
    public static MailImpl toMail(StoredMail stored) throws MessagingException {
        try {
            MailImpl.Builder mail = MailImpl.builder()
                    .name(stored.name())
                    .addRecipients(recipients(stored))
                    .state(stored.state())
                    .errorMessage(stored.errorMessage().orElse(null))
                    .remoteHost(stored.origin().remoteHost())
                    .remoteAddr(stored.origin().remoteAddress())
                    .lastUpdated(Date.from(stored.lastUpdated()));
            if (stored.envelope().sender().address().isPresent()) {
                mail.sender(
                        Addresses.toJames(stored.envelope().sender().address().get()));
            }
            for (Map.Entry<String, String> attribute : stored.attributes().entrySet()) {
                AttributeValue<?> value = AttributeValue.fromJsonString(attribute.getValue());
                if (attribute.getKey().equals(RECIPIENT_HEADERS)) {
                    addHeaders(value, mail);
                } else {
                    mail.addAttribute(new Attribute(AttributeName.of(attribute.getKey()), value));
                }
            }
            if (!stored.origin().protocol().isEmpty()) {
                mail.addAttribute(new Attribute(
                        PROTOCOL, AttributeValue.of(stored.origin().protocol())));
            }
            MailImpl built = mail.build();
            built.setMessageNoCopy(new ContentMessage(stored.content()));
            return built;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new MessagingException(stored.name() + " cannot be read back", e);
        }
    }

    private static List<MailAddress> recipients(StoredMail stored) throws AddressException {
        List<MailAddress> recipients = new ArrayList<>();
        for (EnvelopeRecipient recipient : stored.envelope().recipients()) {
            recipients.add(Addresses.toJames(recipient.address()));
        }
        return recipients;
    }

    private static Map<String, String> attributes(Mail mail) {
        Map<String, String> texts = new HashMap<>();
        mail.attributes()
                .filter(attribute -> !attribute.getName().equals(PROTOCOL))
                .forEach(attribute -> {
                    String name = attribute.getName().asString();
                    attribute
                            .getValue()
                            .toJson()
                            .ifPresentOrElse(
                                    json -> texts.put(name, json.toString()),
                                    () -> LOGGER.debug(
                                            "{}: attribute {} has no text form, it ends here", mail.getName(), name));
                });
        if (!mail.getPerRecipientSpecificHeaders()
                .getRecipientsWithSpecificHeaders()
                .isEmpty()) {
            headers(mail.getPerRecipientSpecificHeaders())
                    .toJson()
                    .ifPresent(json -> texts.put(RECIPIENT_HEADERS, json.toString()));
        }
        return texts;
    }

    private static AttributeValue<?> headers(PerRecipientHeaders headers) {
        Map<String, AttributeValue<?>> byRecipient = new HashMap<>();
        for (MailAddress recipient : headers.getRecipientsWithSpecificHeaders()) {
            List<AttributeValue<?>> lines = new ArrayList<>();
            headers.getHeadersForRecipient(recipient)
                    .forEach(header -> lines.add(AttributeValue.of(header.asString())));
            byRecipient.put(recipient.asString(), AttributeValue.of((Collection<AttributeValue<?>>) lines));
        }
        return AttributeValue.of(byRecipient);
    }

    private static void addHeaders(AttributeValue<?> value, MailImpl.Builder mail) throws AddressException {
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value.value()).entrySet()) {
            MailAddress recipient = new MailAddress((String) entry.getKey());
            for (Object line : (Collection<?>) ((AttributeValue<?>) entry.getValue()).value()) {
                String text = (String) ((AttributeValue<?>) line).value();
                mail.addHeaderForRecipient(PerRecipientHeaders.Header.fromString(text), recipient);
            }
        }
    }

    private static String text(Mail mail, AttributeName name) {
        return mail.getAttribute(name)
                .flatMap(attribute -> attribute.getValue().valueAs(String.class))
                .orElse("");
    }
}
