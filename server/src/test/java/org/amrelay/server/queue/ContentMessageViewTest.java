// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import javax.mail.MessagingException;
import org.amrelay.james.MessageBytes;
import org.amrelay.james.MessageViews;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;

class ContentMessageViewTest {
    private final MessageViews views = new MessageViews(new MessageBytes() {
        @Override
        public MessageContent of(Mail mail) throws MessagingException {
            return NetworkForm.of(mail.getMessage());
        }

        @Override
        public void put(Mail mail, MessageContent message) throws MessagingException {
            ((MailImpl) mail).setMessageNoCopy(new ContentMessage(message));
        }
    });

    private static MailImpl mail(ContentMessage message) throws MessagingException {
        MailImpl mail = MailImpl.builder().name("mail").build();
        mail.setMessageNoCopy(message);
        return mail;
    }

    private static ContentMessage message() {
        return new ContentMessage(MessageContent.of("Subject: a\r\n\r\nbody\r\n".getBytes(US_ASCII)));
    }

    @Test
    void mailsThatWereSplitShareTheView() throws Exception {
        ContentMessage message = message();
        Mail one = mail(message);
        Mail other = mail(ContentMessage.copyOf(message));
        assertThat(views.of(other)).isSameAs(views.of(one));
    }

    @Test
    void aMailThatWasChangedHasItsOwn() throws Exception {
        ContentMessage message = message();
        Mail one = mail(message);
        Mail other = mail(ContentMessage.copyOf(message));
        MessageView before = views.of(one);
        other.getMessage().addHeader("X-Seen", "yes");
        MessageView changed = views.of(other);
        assertThat(changed.header().text("X-Seen")).isEqualTo("yes");
        // The header is written again for each who asks; that it is the same one must be seen
        assertThat(views.of(other)).isSameAs(changed);
        assertThat(views.of(one)).isSameAs(before);
        other.getMessage().addHeader("X-Seen", "again");
        assertThat(views.of(other).header().named("X-Seen")).hasSize(2);
    }

    @Test
    void aChangedBodyMakesAnotherView() throws Exception {
        Mail mail = mail(message());
        MessageView before = views.of(mail);
        mail.getMessage().setText("new");
        mail.getMessage().saveChanges();
        assertThat(views.of(mail)).isNotSameAs(before);
        assertThat(views.of(mail).text()).contains("new");
        assertThat(views.of(mail)).isSameAs(views.of(mail));
    }
}
