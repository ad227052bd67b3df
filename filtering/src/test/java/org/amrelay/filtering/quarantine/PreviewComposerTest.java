// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewComposerTest {
    private static Preview preview(String message) throws IOException {
        return PreviewComposer.of(
                MessageContent.of(message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Preview html(String html) throws IOException {
        return preview("Subject: x\nContent-Type: text/html\n\n" + html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<img src='https://evil.example/pixel.png'>",
                "<svg onload=alert(1)><circle/></svg>",
                "<iframe src='https://evil.example'></iframe>",
                "<object data='https://evil.example'></object>",
                "<embed src='https://evil.example'>",
                "<form action='https://evil.example'><input name=a></form>",
                "<p style=\"background:url('https://evil.example/x')\">a</p>",
                "<style>@import 'https://evil.example/x';</style>",
                "<link rel=stylesheet href='https://evil.example/x'>",
                "<base href='https://evil.example/'>",
                "<meta http-equiv=refresh content='0;url=https://evil.example'>",
                "<a href='javascript:alert(1)'>a</a>",
                "<a href=' java\tscript:alert(1)'>a</a>",
                "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
                "<body onload=alert(1) background='https://evil.example/x'>",
                "<video src='https://evil.example/x'></video>",
                "<math><mtext></p><img src=x onerror=alert(1)></math>",
                "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
                "<!--><img src=x onerror=alert(1)>-->",
                "<table background='https://evil.example/x'><tr><td>a</td></tr></table>",
                "<p onmouseover='alert(1)'>a</p>",
                "<scr<script>ipt>alert(1)</scr</script>ipt>",
                "<a href='https://evil.example/\"onclick=\"alert(1)'>a</a>"
            })
    void nothingOfHostileHtmlRunsLoadsOrLeadsAway(String hostile) throws IOException {
        String safe = html(hostile).html().toLowerCase(Locale.ROOT);

        // Whatever is left in angle brackets is one of these, and none of them has an attribute
        String rest = safe.replaceAll("</?(p|div|span|table|tbody|tr|td|b|i|br ?/?)>", "");
        assertThat(rest).doesNotContain("<", ">");
    }

    @Test
    void showsWhereLinksLeadInsteadOfLeadingThere() throws IOException {
        Preview seen =
                html("<p>Your <a href='https://evil.example/login?a=b&amp;c=d'>https://bank.example/</a> waits</p>");

        assertThat(seen.links()).containsExactly("https://evil.example/login?a=b&c=d");
        assertThat(seen.html()).doesNotContain("<a ").contains("[https://evil.example/login");
        assertThat(seen.text()).contains("https://bank.example/ [https://evil.example/login?a=b&c=d] waits");
    }

    @Test
    void readsTextInItsCharsetAndAttachmentsByName() throws IOException {
        Preview seen = preview("""
                From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>
                Subject: =?iso-8859-1?q?Gr=FC=DFe?=
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                Sch=F6ne Gr=FC=DFe
                --b
                Content-Type: application/pdf
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="rechnung\u202efdp.exe"

                %s
                --b--
                """.formatted(Base64.getEncoder().encodeToString(new byte[30]))
                .replace("\u202e", "\u00e2\u0080\u00ae"));

        assertThat(seen.summary().author()).isEqualTo("Jürgen <j@example.org>");
        assertThat(seen.summary().subject()).isEqualTo("Grüße");
        assertThat(seen.text()).isEqualTo("Schöne Grüße");
        assertThat(seen.html()).isEmpty();
        assertThat(seen.attachments()).containsExactly("application/pdf, rechnungfdp.exe, 30 bytes");
        assertThat(seen.isWhole()).isTrue();
    }

    @Test
    void noControlCharacterReachesATerminal() throws IOException {
        Preview seen = preview("Subject: a\u001b[2Jb\u0007\nContent-Type: text/plain\n\nx\u001b]0;owned\u0007y\u009bz");

        assertThat(seen.summary().subject()).isEqualTo("a[2Jb");
        assertThat(seen.text().chars()).noneMatch(c -> c < ' ' && c != '\n' || c == 0x7f || (c >= 0x80 && c < 0xa0));
    }

    @Test
    void whatIsTooLongIsCutAndSaidSo() throws IOException {
        Preview text = preview("Subject: x\n\n" + "a".repeat(300_000));
        assertThat(text.text()).hasSize(200_000);
        assertThat(text.isWhole()).isFalse();

        StringBuilder parts = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 300; i++) {
            parts.append("--b\nContent-Type: application/x\n\nz\n");
        }
        assertThat(preview(parts + "--b--\n").attachments()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "no header at all",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n",
                "Content-Type: text/plain; charset=x-nonsense\n\ncontent",
                "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!",
                "Content-Type: text/html; charset=\"utf-7\"\n\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
                "Content-Type: ;;;\nContent-Disposition: attachment; filename=\n\nx"
            })
    void brokenMessagesAreShownAsFarAsTheyCan(String broken) throws IOException {
        Preview seen = preview(broken);

        assertThat(seen.html()).doesNotContain("<script");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 20_000})
    void whatIsNestedTooDeepIsLeftOut(int depth) throws IOException {
        StringBuilder nested = new StringBuilder("Subject: x\n");
        for (int i = 0; i < depth; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        Preview seen = preview(nested + "\n\nthe bottom\n");

        assertThat(seen.summary().subject()).isEqualTo("x");
        assertThat(seen.isWhole()).isFalse();
        assertThat(seen.text()).isEmpty();
    }

    @Test
    void messagesInMessagesAreLeftOutTooWhenTheyAreTooDeep() throws IOException {
        String nested = "Content-Type: message/rfc822\n\n".repeat(20_000);
        assertThat(preview("Subject: x\n" + nested + "\n\nthe bottom\n").isWhole())
                .isFalse();
    }
}
