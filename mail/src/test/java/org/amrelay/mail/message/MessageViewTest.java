// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.amrelay.mail.mime.MimeFlaw;
import org.junit.jupiter.api.Test;

class MessageViewTest {
    static MessageView view(String message) {
        return MessageView.of(message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final String ALTERNATIVE = """
            From: =?utf-8?Q?Ann_=C3=96?= <ann@a.example>
            To: bob@b.example
            Subject: =?utf-8?B?SGVsbG8=?= =?utf-8?B?IHdvcmxk?=
            Date: Wed, 25 Nov 2026 07:00:00 +0100
            Message-ID: <1@a.example>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="b"

            preamble
            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe, see http://t.example/x.
            --b
            Content-Type: text/html; charset=utf-8

            <p>Hello <a href="http://evil.example/login">www.bank.example</a></p><p style="display:none">secret</p>
            --b--
            """;

    @Test
    void readsAnOrdinaryMessage() {
        MessageView view = view(ALTERNATIVE);
        assertThat(view.header().from().get(0).name()).isEqualTo("Ann \u00d6");
        assertThat(view.header().subject()).isEqualTo("Hello world");
        assertThat(view.header().date()).hasValueSatisfying(at -> assertThat(at).hasToString("2026-11-25T06:00:00Z"));
        assertThat(view.parts()).extracting(MessagePart::path).containsExactly("1", "1.1", "1.2");
        assertThat(view.part("1.1").orElseThrow().text()).isEqualTo("Gr\u00fc\u00dfe, see http://t.example/x.");
        assertThat(view.part("1.2").orElseThrow().html().visible()).isEqualTo("Hello www.bank.example");
        assertThat(view.hiddenText()).contains("secret");
        assertThat(view.links())
                .extracting(link -> link.address().normal())
                .containsExactly("http://t.example/x", "http://evil.example/login");
        assertThat(view.links().get(1).showsAnotherHost()).isTrue();
        assertThat(view.flaws()).isEmpty();
    }

    @Test
    void saysThatAMultipartDoesNotEnd() {
        assertThat(view(ALTERNATIVE.replace("--b--\n", "")).flaws())
                .containsExactly(new Flaw(MimeFlaw.BOUNDARY_UNCLOSED, "1"));
    }
}
