// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import com.google.inject.Inject;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.message.SpilledContent;
import org.amrelay.mail.message.ViewLimits;
import org.apache.mailet.Mail;

/**
 * The one view of each message, shared by all mailets, matchers and hooks that look at it.
 *
 * <p>A view belongs to bytes: mails that were split share it, and a mail whose message is changed gets another one when it is
 * next asked for. Nothing is attached to the mail, hence nothing is ever stored; the view goes when the message does, which
 * is at the end of processing. Safe for several threads.
 */
public final class MessageViews {
    private final MessageBytes bytes;
    /** For messages that are not ours; by identity, since a message knows no other equality. */
    private final Map<MimeMessage, ViewSlot> slots = Collections.synchronizedMap(new WeakHashMap<>());

    @Inject
    public MessageViews(MessageBytes bytes) {
        this.bytes = bytes;
    }

    /** For who has no bytes of his own: those that James has. */
    public static MessageViews ofJames() {
        return new MessageViews(MessageBytes.ofJames());
    }

    /**
     * The view of the message as it is now.
     *
     * @throws MessagingException when the mail has no message or it cannot be read
     */
    public MessageView of(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        if (message == null) {
            throw new MessagingException(mail.getName() + " has no message");
        }
        ViewSlot slot = message instanceof HoldsView holder
                ? holder.viewSlot()
                : slots.computeIfAbsent(message, first -> new ViewSlot());
        try {
            return slot.of(bytes.of(mail), MessageViews::detached);
        } catch (IOException unreadable) {
            throw new MessagingException(mail.getName() + " cannot be read", unreadable);
        }
    }

    /** James' content refers to its message, which could then never go. */
    private static MessageContent detached(MessageContent content) throws IOException {
        return content instanceof MailContent ? SpilledContent.copyOf(content, ViewLimits.usual()) : content;
    }
}
