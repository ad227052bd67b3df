// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.authentication.dkim.OwnSignatureCheck;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SignedContent;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MessageBytes;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.spool.TraceStep;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of messages in processing, and the last look at our signatures before they go to delivery.
 *
 * <p>Whoever puts a signed message leaves a mark on the mail, which split mails inherit and which is never stored. A
 * signature that does not verify is an error in the log, with the mailet that changed the message; the mail goes on,
 * because a broken signature is as good as none (RFC 6376 §6.1). Safe for several threads.
 */
public final class SignedMessages implements MessageBytes, DeliveryHandOver {
    private static final AttributeName SIGNED = AttributeName.of("org.amrelay.signed");
    private static final Logger LOGGER = LoggerFactory.getLogger(SignedMessages.class);

    private final OwnSignatureCheck check;
    private final OpenItems items;

    @Inject
    public SignedMessages(SignatureProvider provider, OpenItems items) {
        this.check = new OwnSignatureCheck(provider);
        this.items = items;
    }

    /** @param steps how many steps the trace had before the one that signed */
    private record Mark(SignedContent content, int steps) {}

    @Override
    public MessageContent of(Mail mail) throws MessagingException {
        if (mail.getMessage() == null) {
            throw new MessagingException(mail.getName() + " has no message");
        }
        return NetworkForm.of(mail.getMessage());
    }

    @Override
    public void put(Mail mail, MessageContent message) throws MessagingException {
        ContentMessage made = new ContentMessage(message);
        if (mail instanceof MailImpl own) {
            own.setMessageNoCopy(made);
        } else {
            mail.setMessage(made);
        }
        if (message instanceof SignedContent signed) {
            int steps = items.of(mail).map(item -> item.steps().size()).orElse(0);
            mail.setAttribute(new Attribute(SIGNED, AttributeValue.ofUnserializable(new Mark(signed, steps))));
        }
    }

    @Override
    public void handOver(Mail mail, List<NewDelivery> deliveries) throws MessagingException {
        check(mail);
        items.handOver(mail, deliveries);
    }

    private void check(Mail mail) throws MessagingException {
        Optional<Mark> mark = mail.getAttribute(SIGNED)
                .map(attribute -> attribute.getValue().value())
                .filter(Mark.class::isInstance)
                .map(Mark.class::cast);
        if (mark.isEmpty()) {
            return;
        }
        try {
            List<String> flaws = check.flaws(of(mail), mark.get().content().keys());
            if (!flaws.isEmpty()) {
                LOGGER.error(
                        "{} goes out without valid signature: {}; {}",
                        mail.getName(),
                        flaws,
                        suspect(mail, mark.get()));
            }
        } catch (IOException unreadable) {
            throw new MessagingException(mail.getName() + " cannot be read", unreadable);
        }
    }

    private String suspect(Mail mail, Mark mark) {
        List<TraceStep> steps = items.of(mail).map(OpenItem::steps).orElse(List.of());
        return steps.stream()
                .skip(mark.steps() + 1L)
                .filter(TraceStep::changedTheMessage)
                .findFirst()
                .map(step -> step.mailet() + " in processor " + step.processor()
                        + " changed the message after it was signed; put SignWithDkim behind it")
                .orElse("no mailet has changed the message since it was signed");
    }
}
