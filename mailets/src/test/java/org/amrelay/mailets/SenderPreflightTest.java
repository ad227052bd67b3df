// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.mail.internet.AddressException;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.mail.dns.ZoneFileDns;
import org.apache.james.core.MailAddress;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailContext.SentMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class SenderPreflightTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    private final FakeMailContext context =
            FakeMailContext.builder().postmaster(postmaster()).build();

    private static MailAddress postmaster() {
        try {
            return new MailAddress("postmaster@relay.example");
        } catch (AddressException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static SenderPreflight mailet() throws IOException {
        return new SenderPreflight(
                SigningKeys.none(),
                ZoneFileDns.parse("shop.example. 300 A 192.0.2.1\n"),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private SenderPreflight started(String... settings) throws Exception {
        SenderPreflight mailet = mailet();
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName("SenderPreflight").mailetContext(context);
        List.of(settings).forEach(s -> config.setProperty(s.split("=")[0], s.split("=")[1]));
        mailet.init(config.build());
        return mailet;
    }

    private static FakeMail mail(boolean ofAccount) throws Exception {
        FakeMail.Builder mail = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .sender("news@shop.example")
                .recipients("a@far.example", "b@far.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .addFrom("news@shop.example")
                        .addToRecipient("a@far.example")
                        .setSubject("What is new")
                        .setText("Three new lamps are in the shop."));
        return ofAccount
                ? mail.attribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("shop")))
                        .build()
                : mail.build();
    }

    @Test
    void tellsTheSenderOnceADayWhatIsMissing() throws Exception {
        SenderPreflight mailet = started("recipients=4");
        FakeMail first = mail(true);
        mailet.service(first);
        assertThat(context.getSentMails()).isEmpty();
        mailet.service(mail(true));
        mailet.service(mail(true));
        assertThat(context.getSentMails()).hasSize(1);
        SentMail notice = context.getSentMails().get(0);
        assertThat(notice.getRecipients()).extracting(Object::toString).containsExactly("news@shop.example");
        assertThat(notice.getSubject().orElseThrow()).startsWith("Mail of shop.example to many");
        assertThat((String) notice.getMsg().getContent())
                .contains("The account shop has written to about 4", "ERROR   one-click", "ERROR   spf-record")
                .contains("The mail was sent all the same.");
        assertThat(notice.getMsg().getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(first.getState()).isEqualTo("transport");
    }

    @Test
    void keepsMailWithErrorsBackWhenThatIsWanted() throws Exception {
        SenderPreflight mailet = started("recipients=2", "errorsTo=campaigns");
        FakeMail mail = mail(true);
        mailet.service(mail);
        assertThat(mail.getState()).isEqualTo("campaigns");
        assertThat((String) context.getSentMails().get(0).getMsg().getContent()).contains("The mail is kept back");
    }

    @Test
    void doesNotLookAtMailOfStrangers() throws Exception {
        started("recipients=1").service(mail(false));
        assertThat(context.getSentMails()).isEmpty();
    }

    @Test
    void refusesAWindowOfNoTime() {
        assertThatThrownBy(() -> started("window=0s")).hasMessageContaining("window");
    }
}
