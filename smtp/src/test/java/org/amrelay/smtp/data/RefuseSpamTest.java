// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.amrelay.filtering.spam.SpamScore;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.james.SpamVerdict;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefuseSpamTest {
    private MailImpl mail;

    @BeforeEach
    void aMessageHasCome() throws Exception {
        mail = MailImpl.builder()
                .name("mail-1")
                .sender("a@b.example")
                .addRecipient("bob@relay.example")
                .build();
        byte[] text = "Subject: hello\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
        mail.setMessageNoCopy(
                new MimeMessageWrapper(MimeMessageInputStreamSource.create("m", new ByteArrayInputStream(text))));
    }

    private HookResult answer(SpamScorer scorer) throws Exception {
        RefuseSpam hook = new RefuseSpam(scorer, Clock.systemUTC());
        hook.init(new BaseHierarchicalConfiguration());
        SMTPSession session = (SMTPSession) Proxy.newProxyInstance(
                SMTPSession.class.getClassLoader(),
                new Class<?>[] {SMTPSession.class},
                (self, method, arguments) -> method.getReturnType() == boolean.class ? (Object) false : null);
        return hook.onMessage(session, mail);
    }

    private static SpamScorer points(double points) {
        return (view, origin) -> new SpamScore(points, 5, List.of(new Hit("TEST", points, "")));
    }

    @Test
    void refusesSpamBeyondDoubt() throws Exception {
        HookResult answer = answer(points(20.1));
        assertThat(answer.getSmtpRetCode()).isEqualTo("550");
        assertThat(answer.getSmtpDescription()).isEqualTo("5.7.1 The message looks like spam");
    }

    @Test
    void writesThePointsOnOtherMail() throws Exception {
        assertThat(answer(points(20))).isEqualTo(HookResult.DECLINED);
        assertThat(SpamVerdict.of(mail).orElseThrow().score()).isEqualTo(20);
    }

    @Test
    void letsMailOfAccountsPass() throws Exception {
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("bob@relay.example")));
        assertThat(answer(points(99))).isEqualTo(HookResult.DECLINED);
        assertThat(SpamVerdict.of(mail)).isEmpty();
    }

    @Test
    void saysTryLaterWhenItFails() throws Exception {
        HookResult answer = answer((view, origin) -> {
            throw new IllegalStateException("the scorer failed");
        });
        assertThat(answer.getSmtpRetCode()).isEqualTo("451");
    }
}
