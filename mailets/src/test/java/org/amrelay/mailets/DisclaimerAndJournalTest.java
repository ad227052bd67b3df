// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.filtering.disclaimer.DisclaimerFolder;
import org.amrelay.filtering.disclaimer.Disclaimers;
import org.amrelay.james.OutgoingMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisclaimerAndJournalTest {
    private static final String TEXT = "Ours Ltd, registered in Nowhere";

    @TempDir
    private Path folder;

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private FakeMailContext context;
    private MailImpl mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        Files.writeString(folder.resolve("ours.example.txt"), TEXT);
        context = FakeMailContext.builder()
                .postmaster(new MailAddress("postmaster@ours.example"))
                .build();
        mail = mail(ReversePath.of(EmailAddress.of("ann@ours.example")), "From: ann@ours.example");
        mail.removeAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE.getName());
        mail.setRemoteAddr("192.0.2.1");
    }

    private static MailImpl mail(ReversePath sender, String... header) throws Exception {
        String message = String.join("\r\n", header) + "\r\nTo: bob@far.example\r\nSubject: one\r\n\r\nletter\r\n";
        MailImpl mail = OutgoingMail.of(
                "mail-1",
                Envelope.of(
                        sender,
                        List.of(
                                EnvelopeRecipient.of(EmailAddress.of("bob@far.example")),
                                EnvelopeRecipient.of(EmailAddress.of("hidden@far.example")))),
                MessageContent.of(message.getBytes(StandardCharsets.US_ASCII)));
        mail.setState("root");
        return mail;
    }

    @AfterEach
    void theMailIsGone() {
        LifecycleUtil.dispose(mail);
    }

    private void serve(Mailet mailet, String... parameters) throws MessagingException {
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName("it").mailetContext(context);
        for (int i = 0; i < parameters.length; i += 2) {
            config.setProperty(parameters[i], parameters[i + 1]);
        }
        mailet.init(config.build());
        mailet.service(mail);
    }

    private static String text(Mail mail) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.getMessage().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Disclaimers disclaimers() throws Exception {
        return DisclaimerFolder.read(folder);
    }

    @Test
    void theTextOfTheAuthorsDomainIsAppendedOnce() throws Exception {
        serve(new AddDisclaimer(disclaimers()));
        assertThat(text(mail)).endsWith("\r\nletter\r\n\r\n" + TEXT + "\r\n");
        serve(new AddDisclaimer(disclaimers()));
        assertThat(text(mail)).containsOnlyOnce(TEXT);
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void otherDomainsAndNoticesHaveNone() throws Exception {
        String before = text(mail);
        serve(new AddDisclaimer(Disclaimers.none()));
        assertThat(text(mail)).isEqualTo(before);
        mail.setSender(MailAddress.nullSender());
        serve(new AddDisclaimer(disclaimers()));
        assertThat(text(mail)).isEqualTo(before);
    }

    @Test
    void theJournalGetsAReportUnderTheNullSender() throws Exception {
        serve(new Journal(clock), "to", "journal@archive.example");
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(mail.getRecipients()).hasSize(2);
        assertThat(context.getSentMails()).hasSize(1);
        FakeMailContext.SentMail report = context.getSentMails().get(0);
        assertThat(report.getSender()).isIn(MailAddress.nullSender(), null);
        assertThat(report.getRecipients()).containsExactly(new MailAddress("journal@archive.example"));
    }

    @Test
    void aReportIsNotReportedAndNobodyStaysOutByTheField() throws Exception {
        LifecycleUtil.dispose(mail);
        mail = mail(ReversePath.nullSender(), "X-MS-Journal-Report:");
        serve(new Journal(clock), "to", "journal@archive.example");
        assertThat(context.getSentMails()).isEmpty();
        mail.removeAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE.getName());
        mail.setRemoteAddr("192.0.2.1");
        serve(new Journal(clock), "to", "journal@archive.example");
        assertThat(context.getSentMails()).hasSize(1);
    }

    @Test
    void aJournalNeedsAnAddress() {
        assertThatThrownBy(() -> serve(new Journal(clock))).hasMessageContaining("'to'");
        assertThatThrownBy(() -> serve(new Journal(clock), "to", "nobody")).hasMessageContaining("nobody");
        assertThatThrownBy(() -> serve(new AddDisclaimer(Disclaimers.none()), "text", "x"))
                .hasMessageContaining("'text'");
    }
}
