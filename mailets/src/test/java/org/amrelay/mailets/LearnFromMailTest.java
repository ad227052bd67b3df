// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.mail.internet.MimeMessage;
import org.amrelay.filtering.spam.SpamLessons;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class LearnFromMailTest {
    private static final String FORWARDED = """
            From: bob@relay.example
            To: spam@relay.example
            Subject: Fwd: spam
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            see there
            --b
            Content-Type: message/rfc822

            Subject: buy now
            From: x@far.example

            lamps
            --b
            Content-Type: application/octet-stream; name="second.EML"
            Content-Disposition: attachment; filename="second.EML"

            Subject: buy more
            From: x@far.example

            lamps
            --b--
            """;

    private final List<String> learned = new ArrayList<>();
    private final SpamLessons lessons = (view, origin, isSpam, account) -> learned.add(account.orElse("operator")
            + (isSpam ? " spam " : " ham ")
            + view.header().subject());

    private FakeMailContext context() throws Exception {
        return FakeMailContext.builder()
                .postmaster(new MailAddress("postmaster@relay.example"))
                .build();
    }

    private FakeMail serve(FakeMailContext context, String message, boolean ofAccount, String... recipients)
            throws Exception {
        FakeMail.Builder builder = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .sender("bob@relay.example")
                .recipients(recipients)
                .mimeMessage(new MimeMessage(
                        null,
                        new ByteArrayInputStream(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))));
        FakeMail mail = ofAccount
                ? builder.attribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("bob@relay.example")))
                        .build()
                : builder.build();
        LearnFromMail mailet = new LearnFromMail(lessons, Clock.systemUTC());
        mailet.init(FakeMailetConfig.builder()
                .mailetName("LearnFromMail")
                .mailetContext(context)
                .build());
        mailet.service(mail);
        return mail;
    }

    @Test
    void learnsEachAttachedMessageAndEndsThere() throws Exception {
        FakeMail mail = serve(context(), FORWARDED, true, "Spam@localhost");
        assertThat(learned).containsExactly("bob@relay.example spam buy now", "bob@relay.example spam buy more");
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void learnsWantedMailAndGoesOnForOtherRecipients() throws Exception {
        FakeMail mail = serve(context(), FORWARDED, true, "ham@localhost", "carol@localhost");
        assertThat(learned).contains("bob@relay.example ham buy now");
        assertThat(mail.getRecipients()).containsExactly(new MailAddress("carol@localhost"));
        assertThat(mail.getState()).isEqualTo("transport");
    }

    @Test
    void tellsAnAccountThatHasAttachedNothing() throws Exception {
        FakeMailContext context = context();
        serve(context, "From: bob@relay.example\nSubject: spam\n\nlook at this\n", true, "spam@localhost");
        assertThat(learned).isEmpty();
        assertThat(context.getSentMails())
                .singleElement()
                .satisfies(
                        sent -> assertThat((String) sent.getMsg().getContent()).contains("as an attachment"));
    }

    @Test
    void takesNoLessonFromStrangersOrAtOtherDomains() throws Exception {
        assertThat(serve(context(), FORWARDED, false, "spam@localhost").getState())
                .isEqualTo("transport");
        assertThat(serve(context(), FORWARDED, true, "spam@far.example").getState())
                .isEqualTo("transport");
        assertThat(learned).isEmpty();
    }
}
