// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.mail.MessagingException;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;

class MessageViewsTest {
    private final MessageViews views = MessageViews.ofJames();

    private static Mail mail(String text) throws Exception {
        MailImpl mail = MailImpl.builder().name("mail-1").build();
        mail.setMessageNoCopy(new MimeMessageWrapper(
                MimeMessageInputStreamSource.create("mail-1", new ByteArrayInputStream(text.getBytes(US_ASCII)))));
        return mail;
    }

    @Test
    void givesAllWhoAskTheSameView() throws Exception {
        Mail mail = mail("Subject: hello\r\n\r\nbody\r\n");
        MessageView view = views.of(mail);
        assertThat(view.header().subject()).isEqualTo("hello");
        assertThat(views.of(mail)).isSameAs(view);
        assertThat(mail.attributes()).isEmpty();
    }

    @Test
    void seesThatTheHeaderWasChanged() throws Exception {
        Mail mail = mail("Subject: hello\r\n\r\nbody\r\n");
        MessageView before = views.of(mail);
        mail.getMessage().setHeader("Subject", "other");
        MessageView after = views.of(mail);
        assertThat(after.header().subject()).isEqualTo("other");
        assertThat(after.text()).isEqualTo("body\r\n");
        assertThat(views.of(mail)).isSameAs(after);
        // Who still holds the old view reads the old message
        assertThat(before.header().subject()).isEqualTo("hello");
        mail.getMessage().setHeader("Subject", "third");
        assertThat(views.of(mail).header().subject()).isEqualTo("third");
    }

    @Test
    void seesThatTheMessageWasReplaced() throws Exception {
        Mail mail = mail("Subject: hello\r\n\r\nbody\r\n");
        views.of(mail);
        MailContent.replace(mail, MessageContent.of("Subject: new\r\n\r\n".getBytes(US_ASCII)));
        assertThat(views.of(mail).header().subject()).isEqualTo("new");
    }

    @Test
    void readsLargeMessagesFromTheDisk() throws Exception {
        Mail mail = mail("Subject: hello\r\n\r\n" + "0123456789abcdef\r\n".repeat(100_000));
        MessageView view = views.of(mail);
        assertThat(view.root().size()).isEqualTo(1_800_000);
        assertThat(views.of(mail)).isSameAs(view);
    }

    @Test
    void letsTheViewGoWithItsMessage() throws Exception {
        Mail mail = mail("Subject: hello\r\n\r\nbody\r\n");
        WeakReference<MessageView> view = new WeakReference<>(views.of(mail));
        assertThat(views.of(mail).text()).isNotEmpty();
        mail.setMessage(mail("Subject: x\r\n\r\n").getMessage());
        await().until(() -> {
            System.gc();
            // The map lets go of what is gone when it is used
            views.of(mail);
            return view.get() == null;
        });
    }

    @Test
    void givesSeveralThreadsOneView() throws Exception {
        Mail mail = mail("Subject: hello\r\n\r\nbody\r\n");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<MessageView>> asked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                asked.add(threads.submit(() -> views.of(mail)));
            }
            Set<MessageView> given = new HashSet<>();
            for (Future<MessageView> each : asked) {
                given.add(each.get());
            }
            assertThat(given).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysThatThereIsNoMessage() throws Exception {
        Mail empty = FakeMail.builder().name("mail-2").build();
        assertThatThrownBy(() -> views.of(empty))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("mail-2");
    }

    @Test
    void saysThatTheMessageCannotBeRead() throws Exception {
        MessageContent broken = new MessageContent() {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("the disk is broken");
            }

            @Override
            public long size() {
                return 10;
            }
        };
        MessageViews over = new MessageViews(new MessageBytes() {
            @Override
            public MessageContent of(Mail mail) {
                return broken;
            }

            @Override
            public void put(Mail mail, MessageContent message) {
                throw new IllegalStateException("nobody changes it");
            }
        });
        MessageView view = over.of(mail("Subject: x\r\n\r\n"));
        assertThatThrownBy(view::parts).isInstanceOf(UncheckedIOException.class).hasMessageContaining("disk is broken");
    }
}
