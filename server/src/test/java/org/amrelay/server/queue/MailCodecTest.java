// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.storage.mail.StoredMail;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailCodecTest {
    private final MessageContent content =
            MessageContent.of("Subject: hi\r\n\r\nhi\r\n".getBytes(StandardCharsets.US_ASCII));
    private MailImpl mail;

    @BeforeEach
    void aMailHasCome() throws Exception {
        mail = MailImpl.builder()
                .name("mail-1")
                .sender("alice@example.org")
                .addRecipients("bob@relay.example", "\"c d\"@relay.example")
                .state("transport")
                .errorMessage("none")
                .remoteHost("mx.example.org")
                .remoteAddr("192.0.2.1")
                .lastUpdated(new Date(1_700_000_000_123L))
                .build();
        mail.setMessageNoCopy(new ContentMessage(content));
    }

    @Test
    void givesBackWhatItWasGiven() throws Exception {
        Mail back = roundTrip();
        assertThat(back.getName()).isEqualTo("mail-1");
        assertThat(back.getMaybeSender()).isEqualTo(mail.getMaybeSender());
        assertThat(back.getRecipients()).containsExactlyElementsOf(mail.getRecipients());
        assertThat(back.getState()).isEqualTo("transport");
        assertThat(back.getErrorMessage()).isEqualTo("none");
        assertThat(back.getRemoteHost()).isEqualTo("mx.example.org");
        assertThat(back.getRemoteAddr()).isEqualTo("192.0.2.1");
        assertThat(back.getLastUpdated()).isEqualTo(mail.getLastUpdated());
    }

    @Test
    void keepsAttributesOfEveryKindThatHasATextForm() throws Exception {
        mail.setAttribute(attribute("text", AttributeValue.of("a")));
        mail.setAttribute(attribute("number", AttributeValue.of(7L)));
        mail.setAttribute(attribute("bytes", AttributeValue.of(new byte[] {1, 2})));
        mail.setAttribute(attribute(
                "map", AttributeValue.of(Map.of("k", AttributeValue.of(List.of(AttributeValue.of("v")))))));
        Mail back = roundTrip();
        assertThat(back.getAttribute(AttributeName.of("text"))).isEqualTo(mail.getAttribute(AttributeName.of("text")));
        assertThat(back.getAttribute(AttributeName.of("number")))
                .isEqualTo(mail.getAttribute(AttributeName.of("number")));
        assertThat(back.getAttribute(AttributeName.of("map"))).isEqualTo(mail.getAttribute(AttributeName.of("map")));
        assertThat(back.getAttribute(AttributeName.of("bytes"))
                        .orElseThrow()
                        .getValue()
                        .value())
                .isEqualTo(new byte[] {1, 2});
    }

    @Test
    void keepsHowTheMailCameInItsOrigin() throws Exception {
        mail.setAttribute(attribute(MailCodec.PROTOCOL.asString(), AttributeValue.of("ESMTPSA")));
        assertThat(MailCodec.toStored(mail).origin().protocol()).isEqualTo("ESMTPSA");
        assertThat(MailCodec.toStored(mail).attributes()).isEmpty();
        assertThat(roundTrip().getAttribute(MailCodec.PROTOCOL)).isEqualTo(mail.getAttribute(MailCodec.PROTOCOL));
    }

    @Test
    void leavesOutAttributesWithoutATextForm() throws Exception {
        mail.setAttribute(attribute("thread", AttributeValue.ofUnserializable(Thread.currentThread())));
        assertThat(roundTrip().attributes()).isEmpty();
    }

    @Test
    void keepsHeadersOfSingleRecipients() throws Exception {
        MailAddress bob = new MailAddress("bob@relay.example");
        Header header = Header.builder().name("X-For").value("bob: him").build();
        mail.addSpecificHeaderForRecipient(header, bob);
        Mail back = roundTrip();
        assertThat(back.getPerRecipientSpecificHeaders().getHeadersForRecipient(bob))
                .containsExactly(header);
        assertThat(back.attributes()).isEmpty();
    }

    @Test
    void putsDsnParametersAndAccountIntoTheEnvelope() throws Exception {
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("alice")));
        mail.setDsnParameters(DsnParameters.builder()
                .envId(DsnParameters.EnvId.of("id-1"))
                .ret(DsnParameters.Ret.HDRS)
                .addRcptParameter(
                        new MailAddress("bob@relay.example"),
                        DsnParameters.RecipientDsnParameters.of(
                                EnumSet.of(DsnParameters.Notify.SUCCESS), new MailAddress("robert@example.net")))
                .build()
                .orElseThrow());
        StoredMail stored = MailCodec.toStored(mail);
        assertThat(stored.envelope().account()).contains("alice");
        assertThat(stored.envelope().envelopeId()).contains("id-1");
        assertThat(stored.envelope().returnContent()).contains(ReturnContent.HEADERS);
        EnvelopeRecipient bob = stored.envelope().recipients().get(0);
        assertThat(bob.notifyOn()).containsExactly(Notify.SUCCESS);
        assertThat(bob.originalRecipient()).contains("rfc822;robert@example.net");
        assertThat(MailCodec.toMail(stored).dsnParameters()).isEqualTo(mail.dsnParameters());
    }

    @Test
    void doesNotCopyAMessageThatNobodyChanged() throws Exception {
        StoredMail stored = MailCodec.toStored(mail);
        assertThat(stored.content()).isSameAs(content);
        assertThat(((ContentMessage) MailCodec.toMail(stored).getMessage()).content())
                .isSameAs(content);
    }

    private Mail roundTrip() throws Exception {
        return MailCodec.toMail(MailCodec.toStored(mail));
    }

    private static Attribute attribute(String name, AttributeValue<?> value) {
        return new Attribute(AttributeName.of(name), value);
    }
}
