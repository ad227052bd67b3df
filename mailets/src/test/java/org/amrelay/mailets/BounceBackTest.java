// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import org.amrelay.delivery.dsn.NoticeTemplate;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.apache.james.core.MailAddress;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class BounceBackTest {
    private final FakeMailContext context =
            FakeMailContext.builder().postmaster(postmaster()).build();
    private NoticeTemplates languages = NoticeTemplates.english();
    private final FakeMailetConfig.Builder config =
            FakeMailetConfig.builder().mailetName("BounceBack").mailetContext(context);

    @Test
    void refusesTheRecipientsAndTellsTheSenderFromNobody() throws Exception {
        config.setProperty("status", "5.7.1").setProperty("text", "Not for you");
        Mail mail = mail().sender("alice@example.org").build();
        service(mail);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        FakeMailContext.SentMail notice = context.getSentMails().get(0);
        assertThat(notice.getRecipients()).containsExactly(new MailAddress("alice@example.org"));
        assertThat(notice.getSender()).isNull();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        notice.getMsg().writeTo(out);
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .contains(
                        "report-type=delivery-status",
                        "Reporting-MTA: dns; relay.example",
                        "Status: 5.7.1",
                        "Not for you")
                .contains("Final-Recipient: rfc822; bob@relay.example")
                .contains("Subject: hello");
    }

    @Test
    void speaksTheLanguageOfTheMail() throws Exception {
        languages = new NoticeTemplates(
                Map.of("de", NoticeTemplate.parse(Files.readString(Path.of("../conf/notices/de.txt")))), "en");
        Mail mail = mail().sender("alice@example.org").build();
        mail.getMessage().setHeader("Content-Language", "de");
        mail.getMessage().saveChanges();
        service(mail);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        context.getSentMails().get(0).getMsg().writeTo(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nicht zugestellt");
    }

    @Test
    void neverAnswersTheNullSender() throws Exception {
        Mail mail = mail().build();
        service(mail);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails()).isEmpty();
    }

    @Test
    void keepsQuietWhenTheSenderWantsNoNotice() throws Exception {
        Mail mail = mail().sender("alice@example.org").build();
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(
                        new MailAddress("bob@relay.example"),
                        DsnParameters.RecipientDsnParameters.of(EnumSet.of(DsnParameters.Notify.NEVER)))
                .build()
                .orElseThrow());
        service(mail);
        assertThat(context.getSentMails()).isEmpty();
    }

    @Test
    void refusesACodeThatPromisesARetry() {
        config.setProperty("status", "4.7.1");
        assertThatThrownBy(() -> service(mail().build()))
                .hasMessage("BounceBack: 'status': '4.7.1' is not a code such as 5.1.1");
    }

    private void service(Mail mail) throws Exception {
        BounceBack mailet = new BounceBack(Clock.systemUTC(), languages);
        mailet.init(config.build());
        mailet.service(mail);
    }

    private static FakeMail.Builder mail() throws Exception {
        return FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .recipient("bob@relay.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .setSubject("hello")
                        .setText("text"));
    }

    private static MailAddress postmaster() {
        try {
            return new MailAddress("postmaster@relay.example");
        } catch (javax.mail.internet.AddressException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
