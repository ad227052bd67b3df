// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFormTest {
    private static final String MESSAGE = "Subject: Grüße\r\nTo: bob@example.org\r\n\r\nHallo,\r\nWelt\r\n";

    @Test
    void givesUntouchedContentBackAsTheSameObject() throws Exception {
        MessageContent content = content(MESSAGE, UTF_8);
        ContentMessage message = new ContentMessage(content);
        message.getSubject();
        message.getContent();
        assertThat(NetworkForm.of(message)).isSameAs(content);
    }

    @Test
    void keepsBytesBeyondAsciiInAHeaderThatGetsAField() throws Exception {
        for (Charset charset : new Charset[] {UTF_8, ISO_8859_1}) {
            ContentMessage message = new ContentMessage(content(MESSAGE, charset));
            message.addHeader("X-Spam", "no");
            assertThat(text(NetworkForm.of(message), charset))
                    .contains("Subject: Grüße\r\n")
                    .contains("X-Spam: no\r\n")
                    .endsWith("\r\n\r\nHallo,\r\nWelt\r\n");
        }
    }

    @Test
    void writesAHeaderThatIsLongerOrShorterBeforeTheSameBody() throws Exception {
        ContentMessage message = new ContentMessage(content(MESSAGE, UTF_8));
        message.removeHeader("Subject");
        MessageContent changed = NetworkForm.of(message);
        assertThat(text(changed, UTF_8)).startsWith("To: bob@example.org\r\n").endsWith("\r\n\r\nHallo,\r\nWelt\r\n");
        assertThat(changed.size()).isEqualTo(text(changed, UTF_8).length());
    }

    @Test
    void writesAChangedBody() throws Exception {
        ContentMessage message = new ContentMessage(content(MESSAGE, UTF_8));
        message.setText("changed\n");
        message.saveChanges();
        assertThat(text(NetworkForm.of(message), UTF_8)).endsWith("\r\n\r\nchanged\r\n");
    }

    @Test
    void takesAMessageWithoutABody() throws Exception {
        ContentMessage message = new ContentMessage(content("Subject: none\r\n", UTF_8));
        message.addHeader("X-Spam", "no");
        assertThat(text(NetworkForm.of(message), UTF_8)).endsWith("\r\n\r\n").contains("Subject: none\r\n");
    }

    @Test
    void makesLineEndsOfAForeignMessageCrlf() throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream("Subject: a\n\none\ntwo\r\n".getBytes(UTF_8)));
        assertThat(text(NetworkForm.of(message), UTF_8)).endsWith("\r\n\r\none\r\ntwo\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\nb, a\\r\\nb",
        "a\\rb, a\\r\\nb",
        "\\n\\n, \\r\\n\\r\\n",
        "a\\r\\r\\n, a\\r\\n\\r\\n",
        "\\n\\r, \\r\\n\\r\\n"
    })
    void makesEveryLineEndCrlf(String given, String expected) {
        byte[] bytes = NetworkForm.withNetworkLines(given.translateEscapes().getBytes(UTF_8));
        assertThat(new String(bytes, UTF_8)).isEqualTo(expected.translateEscapes());
    }

    private static MessageContent content(String text, Charset charset) {
        return MessageContent.of(text.getBytes(charset));
    }

    private static String text(MessageContent content, Charset charset) throws Exception {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), charset);
        }
    }
}
