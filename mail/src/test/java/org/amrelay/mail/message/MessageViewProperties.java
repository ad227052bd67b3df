// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageViewProperties {
    private static final List<String> PIECES = List.of(
            "Content-Type: multipart/mixed; boundary=b",
            "Content-Type: multipart/digest; boundary=\"c d\"",
            "Content-Type: message/rfc822",
            "Content-Type: text/html; charset=utf-16",
            "Content-Type: text/plain; charset=utf-7",
            "Content-Type: text/plain; charset=iso-2022-jp",
            "Content-Type: text/plain; charset=big5",
            "Content-Type: ;;=;name*0*=x''%",
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: quoted-printable",
            "Content-Transfer-Encoding: x-uuencode",
            "Content-Transfer-Encoding: x-yenc",
            "Content-Disposition: attachment; filename*1=a; filename*3*=b; filename=\"c",
            "Subject: =?utf-8?B?w6k?= =?x?Q?=?= =?",
            "From: \"a <b@c> (d, e;: <f@g",
            "Date: 1 2 3 4:5:6 -7",
            "Received: from [ by ( ;",
            " folded",
            "--b",
            "--b--",
            "--c d",
            "--c d--",
            "--",
            "",
            "",
            "",
            "text",
            "begin 644 x",
            "M",
            "`",
            "end",
            "=ybegin x",
            "=yend",
            "<a href=http://[::1",
            "<p style='display:none'>x<b>",
            "<!--[if mso]><a href='x'>",
            "http://0x7f.1/%zz",
            "a@b.com x.de.",
            "bare\rreturn",
            "nul\0",
            "\u00ff\u00fe",
            "=",
            "=3",
            "QUJD=",
            "\u001b$B",
            "Received: x",
            "Subject: y");

    @Provide
    Arbitrary<byte[]> messages() {
        return Arbitraries.of(PIECES)
                .list()
                .ofMaxSize(60)
                .map(lines -> String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Property(seed = "1", tries = 1500)
    void noMessageMakesItFail(@ForAll("messages") byte[] message) throws IOException {
        ask(MessageView.of(message));
        ask(MessageView.of(MessageContent.of(message), TestLimits.tiny()));
    }

    @Property(seed = "1", tries = 1500)
    void noBytesMakeItFail(@ForAll byte[] message) throws IOException {
        ask(MessageView.of(message));
    }

    @Property(seed = "1", tries = 500)
    void memoryAndDiskGiveTheSame(@ForAll("messages") byte[] message) {
        MessageView held = MessageView.of(message);
        MessageView spilled = MessageView.of(TestLimits.elsewhere(MessageContent.of(message)), TestLimits.holding(1));
        assertThat(Outline.of(spilled)).isEqualTo(Outline.of(held));
        assertThat(spilled.flaws()).isEqualTo(held.flaws());
        assertThat(spilled.links()).isEqualTo(held.links());
    }

    @Property(seed = "1", tries = 300)
    void theOrderOfQuestionsMakesNoDifference(@ForAll("messages") byte[] message) {
        MessageView forwards = MessageView.of(MessageContent.of(message), TestLimits.tiny());
        MessageView backwards = MessageView.of(MessageContent.of(message), TestLimits.tiny());
        List<MessagePart> parts = backwards.parts();
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).visibleText();
        }
        assertThat(backwards.flaws()).isEqualTo(forwards.flaws());
        assertThat(backwards.text()).isEqualTo(forwards.text());
    }

    private static void ask(MessageView view) throws IOException {
        assertThat(ViewMeasurement.everything(view)).isNotNegative();
        view.header().date();
        view.header().messageId();
        view.header().fields().forEach(field -> view.header().addresses(field.name()));
        for (MessagePart part : view.parts()) {
            assertThat(part.open().readAllBytes().length).isGreaterThanOrEqualTo((int) Math.min(part.size(), 100));
            part.contentId();
            part.html().links().forEach(link -> link.address().embedded());
        }
    }
}
