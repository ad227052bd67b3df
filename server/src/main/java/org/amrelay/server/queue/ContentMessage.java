// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.amrelay.james.HoldsContent;
import org.amrelay.james.HoldsView;
import org.amrelay.james.ViewSlot;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * James' message over content that we hold: read when asked for, parsed when asked for, never copied.
 *
 * <p>As long as {@link #isModified()} is false the message is the content, to the byte; identity of {@link #content()}
 * therefore tells cheaply whether a mail still carries what came in. Not safe for several threads, as any message.
 */
public final class ContentMessage extends MimeMessageWrapper implements HoldsContent, HoldsView {
    private final MessageContent content;
    /** For the content, which copies share; and for what it becomes when it is modified. */
    private final ViewSlot shared;

    private final ViewSlot own = new ViewSlot();

    public ContentMessage(MessageContent content) {
        this(content, new ViewSlot());
    }

    private ContentMessage(MessageContent content, ViewSlot shared) {
        // With James' shared session: to make one costs a scan of the class path
        super(new Source(content));
        this.content = content;
        this.shared = shared;
    }

    /**
     * A message of its own that reads as the given one does now; content that nobody changed is shared, not copied.
     *
     * @throws MessagingException when the message cannot be read
     */
    public static ContentMessage copyOf(MimeMessage message) throws MessagingException {
        MessageContent now = NetworkForm.of(message);
        return message instanceof ContentMessage own && own.content == now
                ? new ContentMessage(now, own.shared)
                : new ContentMessage(now);
    }

    /** What the message was made of, whether or not it has been modified since. */
    public MessageContent content() {
        return content;
    }

    @Override
    public Optional<MessageContent> unchangedContent() {
        return isModified() ? Optional.empty() : Optional.of(content);
    }

    @Override
    public ViewSlot viewSlot() {
        return isModified() ? own : shared;
    }

    private record Source(MessageContent content) implements MimeMessageSource {
        @Override
        public String getSourceId() {
            return "content-" + System.identityHashCode(content);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return content.open();
        }

        @Override
        public long getMessageSize() {
            return content.size();
        }
    }
}
