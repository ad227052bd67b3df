// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailConversionTest {
    private static final String MESSAGE = "Subject: hello\r\n  there\r\nX-Odd:no space\r\n\r\nbody\r\n.dot\r\n";

    @Test
    void keepsWhatTheSenderWantsToHear() throws Exception {
        MailAddress bob = new MailAddress("Bob+x@Relay.Example");
        Mail mail = FakeMail.builder()
                .name("mail-1")
                .sender("alice@example.org")
                .recipients("Bob+x@Relay.Example", "carol@relay.example")
                .attribute(new Attribute(
                        AttributeName.of(Mail.SMTP_AUTH_USER_ATTRIBUTE_NAME), AttributeValue.of("alice@example.org")))
                .build();
        mail.setDsnParameters(DsnParameters.builder()
                .envId(DsnParameters.EnvId.of("QQ314159"))
                .ret(DsnParameters.Ret.HDRS)
                .addRcptParameter(
                        bob,
                        DsnParameters.RecipientDsnParameters.of(
                                EnumSet.of(DsnParameters.Notify.SUCCESS, DsnParameters.Notify.FAILURE),
                                new MailAddress("robert@example.org")))
                .build()
                .orElseThrow());
        Envelope envelope = MailEnvelope.of(mail);
        assertThat(envelope.sender()).hasToString("alice@example.org");
        assertThat(envelope.account()).contains("alice@example.org");
        assertThat(envelope.envelopeId()).contains("QQ314159");
        assertThat(envelope.returnContent()).contains(ReturnContent.HEADERS);
        EnvelopeRecipient first = envelope.recipients().get(0);
        assertThat(first.address()).hasToString("Bob+x@relay.example");
        assertThat(first.notifyOn()).containsExactlyInAnyOrder(Notify.SUCCESS, Notify.FAILURE);
        assertThat(first.originalRecipient()).contains("rfc822;robert@example.org");
        assertThat(envelope.recipients().get(1).notifyOn()).isEmpty();
    }

    @Test
    void readsTheNullSender() throws Exception {
        Mail mail =
                FakeMail.builder().name("mail-1").recipient("bob@relay.example").build();
        assertThat(MailEnvelope.of(mail).sender().isNull()).isTrue();
        assertThat(MailEnvelope.of(mail).account()).isEmpty();
    }

    @Test
    void readsAnUnchangedMessageByteForByteAsOftenAsWanted() throws Exception {
        MessageContent content = MailContent.of(mail());
        assertThat(content.size()).isEqualTo(MESSAGE.length());
        assertThat(bytes(content)).isEqualTo(MESSAGE);
        assertThat(bytes(content)).isEqualTo(MESSAGE);
    }

    @Test
    void readsAChangedMessageAsItWouldGoOut() throws Exception {
        Mail mail = mail();
        mail.getMessage().addHeader("X-Added", "1");
        MessageContent content = MailContent.of(mail);
        assertThat(bytes(content))
                .contains("X-Added: 1\r\n")
                .contains("X-Odd:no space\r\n")
                .endsWith("\r\n\r\nbody\r\n.dot\r\n");
        assertThat(content.size()).isEqualTo(bytes(content).length());
    }

    @Test
    void makesNetworkLinesOfGeneratedText() throws Exception {
        Mail mail = mail();
        mail.getMessage().setText("one\ntwo\n");
        mail.getMessage().saveChanges();
        MessageContent content = MailContent.of(mail);
        assertThat(bytes(content)).contains("\r\n\r\none\r\ntwo\r\n").doesNotContainPattern("(?<!\r)\n");
        assertThat(content.size()).isEqualTo(bytes(content).length());
    }

    @ParameterizedTest
    @CsvSource({"a~b, a^b", "a|b, a^b", "a|~b, a^b", "~|, ^^", "a, a", "||~, ^^", "|, ^"})
    void makesEveryLineEndTheNetworks(String written, String read) throws Exception {
        byte[] bytes = written.replace('~', '\n').replace('|', '\r').getBytes(US_ASCII);
        try (InputStream in = new NetworkLines(new ByteArrayInputStream(bytes))) {
            assertThat(new String(in.readAllBytes(), US_ASCII)).isEqualTo(read.replace("^", "\r\n"));
        }
    }

    private static Mail mail() throws Exception {
        return MailImpl.builder()
                .name("mail-1")
                .addRecipient("bob@relay.example")
                .mimeMessage(new MimeMessageWrapper(MimeMessageInputStreamSource.create(
                        "mail-1", new ByteArrayInputStream(MESSAGE.getBytes(US_ASCII)))))
                .build();
    }

    private static String bytes(MessageContent content) throws IOException {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }
}
