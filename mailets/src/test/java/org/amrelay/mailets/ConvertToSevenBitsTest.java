// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.amrelay.james.MailContent;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class ConvertToSevenBitsTest {
    private static final String HEADER =
            "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";

    private static String afterService(String message) throws Exception {
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .addRecipient(new MailAddress("bob@relay.example"))
                .build();
        mail.setMessage(new MimeMessageWrapper(
                MimeMessageInputStreamSource.create("mail-1", new ByteArrayInputStream(message.getBytes(UTF_8)))));
        ConvertToSevenBits mailet = new ConvertToSevenBits();
        mailet.init(FakeMailetConfig.builder().build());
        mailet.service(mail);
        try (InputStream in = MailContent.of(mail).open()) {
            return new String(in.readAllBytes(), UTF_8);
        } finally {
            mail.dispose();
        }
    }

    @Test
    void encodesWhatHasEightBits() throws Exception {
        assertThat(afterService(HEADER + "Content-Transfer-Encoding: 8bit\r\n\r\nschöne grüße\r\n"))
                .isEqualTo(
                        HEADER + "Content-Transfer-Encoding: quoted-printable\r\n\r\nsch=C3=B6ne gr=C3=BC=C3=9Fe\r\n");
    }

    @Test
    void leavesTheRestAlone() throws Exception {
        assertThat(afterService(HEADER + "\r\nplain\r\n")).isEqualTo(HEADER + "\r\nplain\r\n");
    }
}
