// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.mime.TransferEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartContentTest {
    static Stream<Arguments> encodings() {
        return Stream.of(
                Arguments.of("base64", "aGVsbG8=", "hello", ""),
                Arguments.of("base64", "aGVs\nbG8=\n", "hello", ""),
                Arguments.of("BASE64 ", "aGVsbG8", "hello", "bad-base64"),
                Arguments.of("base64", "aGV*s!bG8=", "hello", "bad-base64"),
                Arguments.of("base64", "aGVs\nbG8=\nIHdvcmxk", "hello world", "bad-base64"),
                Arguments.of("\"base64\"", "aGVsbG8=", "hello", ""),
                Arguments.of("base64 (comment)", "aGVsbG8=", "hello", ""),
                Arguments.of("base64;", "aGVsbG8=", "hello", ""),
                Arguments.of("base64", "a", "", "bad-base64"),
                Arguments.of("base64", "====", "", ""),
                Arguments.of("quoted-printable", "h=65llo", "hello", ""),
                Arguments.of("quoted-printable", "he=\nllo", "hello", ""),
                Arguments.of("quoted-printable", "he= \t\nllo", "hello", ""),
                Arguments.of("quoted-printable", "he=\n=\n=\nllo", "hello", ""),
                Arguments.of("quoted-printable", "hello  \nyou", "hello\r\nyou", ""),
                Arguments.of("quoted-printable", "1 =3d 1=3D1", "1 = 1=1", ""),
                Arguments.of("quoted-printable", "a=zzb=", "a=zzb", "bad-quoted-printable"),
                Arguments.of("quoted-printable", "a=4", "a=4", "bad-quoted-printable"),
                Arguments.of("quoted-printable", "=68=65=6C=6C=6F", "hello", ""),
                Arguments.of("x-whatever", "hello", "hello", "unknown-encoding"),
                Arguments.of("7bit", "h\u00fcllo", "h\u00fcllo", ""),
                Arguments.of("x-uuencode", "begin 644 a\n#0V%T\n`\nend", "Cat", ""),
                Arguments.of("x-uuencode", "begin 644 a\n#0V%T\nnonsense here\n", "Cat", "bad-uuencode"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("encodings")
    void decodesAsMailProgramsDo(String encoding, String body, String text, String flaw) {
        MessageView view = Outline.view("Content-Transfer-Encoding: " + encoding + "\n\n" + body);
        assertThat(view.text()).isEqualTo(text);
        assertThat(Outline.flaws(view)).isEqualTo(flaw.isEmpty() ? "" : flaw + " in 1");
    }

    static Stream<Arguments> charsets() {
        return Stream.of(
                text("us-ascii", "utf-8", "Gr\u00fc\u00dfe", "utf-8", true),
                text("utf-8", "utf-8", "Gr\u00fc\u00dfe", "utf-8", false),
                text("", "utf-8", "Gr\u00fc\u00dfe", "utf-8", false),
                text("", "windows-1252", "Gr\u00fc\u00dfe \u20ac", "windows-1252", false),
                text("utf-8", "windows-1252", "Gr\u00fc\u00dfe", "windows-1252", true),
                text("iso-8859-1", "windows-1252", "\u20ac 5", "windows-1252", false),
                text("iso-8859-1", "utf-8", "Gr\u00fc\u00dfe", "utf-8", true),
                text("x-unknown", "utf-8", "Gr\u00fc\u00dfe", "utf-8", true),
                text("\"UTF-8\"", "utf-8", "\u20ac", "utf-8", false),
                text(
                        "",
                        "windows-1251",
                        "\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440 \u043a\u0430\u043a \u0434\u0435\u043b\u0430",
                        "windows-1251",
                        false),
                text(
                        "",
                        "koi8-r",
                        "\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440 \u043a\u0430\u043a \u0434\u0435\u043b\u0430",
                        "koi8-r",
                        false),
                text("gb2312", "gb18030", "\u4f60\u597d", "gb18030", false),
                text("shift_jis", "windows-31j", "\u3053\u3093", "windows-31j", false),
                text("iso-2022-jp", "iso-2022-jp", "\u3053\u3093", "iso-2022-jp", false),
                text("", "iso-2022-jp", "\u3053\u3093", "iso-2022-jp", false),
                text("utf-16le", "utf-16le", "hello", "utf-16le", false),
                text("", "utf-16le", "hello", "utf-16le", false),
                text("", "utf-16be", "hello", "utf-16be", false),
                text("utf-16", "utf-16", "hello", "utf-16be", false),
                text("utf-8", "utf-16", "hello", "utf-16be", true));
    }

    private static Arguments text(String declared, String written, String text, String used, boolean repaired) {
        return Arguments.of(declared, written, text, used, repaired);
    }

    @ParameterizedTest(name = "declared {0}, written in {1}")
    @MethodSource("charsets")
    void repairsCharsets(String declared, String written, String text, String used, boolean repaired) {
        String field = declared.isEmpty() ? "" : "Content-Type: text/plain; charset=" + declared + "\n";
        String body = Base64.getEncoder().encodeToString(text.getBytes(Charset.forName(written)));
        MessageView view = Outline.view(field + "Content-Transfer-Encoding: base64\n\n" + body);
        assertThat(view.text()).isEqualTo(text);
        assertThat(view.root().decodedText().charset()).isEqualTo(used);
        assertThat(Outline.flaws(view)).isEqualTo(repaired ? "unknown-charset in 1" : "");
    }

    @Test
    void readsUtf7() {
        MessageView view = Outline.view("Content-Type: text/html; charset=utf-7\n\n+ADw-b+AD4-1 +- 1");
        assertThat(view.root().text()).isEqualTo("<b>1 + 1");
    }

    @Test
    void saysThatBytesStandForNothing() {
        MessageView view = Outline.view("Content-Type: text/plain; charset=utf-8\n\n\u00c3\u00bc and \u00ff");
        assertThat(view.text()).isEqualTo("\u00fc and \ufffd");
        assertThat(Outline.flaws(view)).isEqualTo("bad-charset in 1");
    }

    @Test
    void takesTheCharsetOfAnHtmlDocument() {
        MessageView view = Outline.view(
                "Content-Type: text/html\n\n<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">\u00cf");
        assertThat(view.text().strip()).isEqualTo("\u041f");
    }

    @Test
    void findsFilesInsideOfText() throws IOException {
        MessageView view =
                Outline.view("\nsee\nbegin 644 cat.exe\n#0V%T\n`\nend\nand\n=ybegin line=128 size=3 name=b c.bin\n"
                        + "\u006d\u008b\u009e\n=yend size=3\nbye\n");
        assertThat(Outline.of(view))
                .isEqualTo(
                        "text/plain \"see/and/bye\"[application/octet-stream cat.exe \"Cat\", application/octet-stream b c.bin \"Cat\"]");
        MessagePart first = view.part("1.1").orElseThrow();
        assertThat(first.encoding()).isEqualTo(TransferEncoding.UUENCODE);
        assertThat(first.open().readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("Cat");
        assertThat(first.size()).isEqualTo(3);
        assertThat(view.part("1.2").orElseThrow().open().readAllBytes()).containsExactly(0x43, 0x61, 0x74);
        assertThat(view.flaws()).isEmpty();
        assertThat(view.attachments()).hasSize(2);
    }

    @Test
    void findsFilesInsideOfEncodedTextAndWithoutEnd() throws IOException {
        String body = Base64.getEncoder().encodeToString(Outline.bytes("x\r\nbegin 755 a b.txt\r\n#0V%T\r\n"));
        MessageView view = Outline.view("Content-Transfer-Encoding: base64\n\n" + body);
        assertThat(Outline.of(view)).isEqualTo("text/plain \"x\"[application/octet-stream a b.txt \"Cat\"]");
        assertThat(view.part("1.1").orElseThrow().open().readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("Cat");
        assertThat(Outline.flaws(view)).isEqualTo("bad-uuencode in 1.1");
    }

    @Test
    void doesNotTakeASentenceForAFile() {
        assertThat(Outline.view("\nbegin 644 words of a story\nand nothing else\n")
                        .parts())
                .hasSize(1);
        assertThat(Outline.view("\nbegin again\nM\n").parts()).hasSize(1);
    }

    @Test
    void knowsWhatAFileIsWhateverItSays() {
        MessageView view = Outline.view("Content-Type: image/png; name=\"a.png\"\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getEncoder().encodeToString(Outline.bytes("MZ\u0090\0\3\0\0\0PE")));
        assertThat(view.root().trueType()).isEqualTo("application/vnd.microsoft.portable-executable");
        assertThat(view.root().isAttachment()).isTrue();
        assertThat(view.root().sha256()).hasSize(64);
        assertThat(view.attachments()).hasSize(1);
    }

    @Test
    void readsHtmlThatSaysItIsNone() {
        MessageView view = Outline.view(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream;"
                        + " name=invoice.dat\n\n<html><form action=http://evil.example/><input type=password></form>\n--b--\n");
        MessagePart part = view.part("1.1").orElseThrow();
        assertThat(part.isHtml()).isTrue();
        assertThat(part.html().forms())
                .singleElement()
                .satisfies(form -> assertThat(form.passwordFields()).isOne());
        assertThat(view.links()).extracting(MessageLink::place).containsExactly(MessageLink.Place.FORM);
        assertThat(view.text()).isEmpty();
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("attachment; filename=a.exe", "a.exe"),
                Arguments.of("attachment; filename=\"a b.exe\"", "a b.exe"),
                Arguments.of("attachment; filename=a b.exe", "a b.exe"),
                Arguments.of("attachment; filename=\"a.exe", "a.exe"),
                Arguments.of("attachment; filename=\"=?utf-8?B?YS5leGU=?=\"", "a.exe"),
                Arguments.of("attachment; filename==?utf-8?Q?a=2Eexe?=", "a.exe"),
                Arguments.of("attachment; filename*=utf-8''a%2Eexe", "a.exe"),
                Arguments.of("attachment; filename*0=a.; filename*1=exe", "a.exe"),
                Arguments.of("attachment; filename*1=exe; filename*0=a.", "a.exe"),
                Arguments.of("attachment; filename*0*=utf-8'de'a%2E; filename*1*=e%78e", "a.exe"),
                Arguments.of("attachment; filename*0=a.; filename*2=exe", "a.exe|a."),
                Arguments.of("attachment; filename=a.txt; filename=b.exe", "a.txt|b.exe"),
                Arguments.of("attachment; filename=a.txt; filename*=utf-8''b.exe", "a.txt|b.exe"),
                Arguments.of("attachment; filename=\"a\u0000.exe\"", "a.exe"),
                Arguments.of("attachment; filename*=utf-8''gpj%E2%80%AEexe", "gpj\u202eexe"),
                Arguments.of("attachment; filename=\"a\\\"b.exe\"", "a\"b.exe"),
                Arguments.of("attachment;;; filename=a.exe;", "a.exe"),
                Arguments.of("attachment filename=a.exe", "a.exe"),
                Arguments.of("attachment; filename=a.exe (comment)", "a.exe"),
                Arguments.of("attachment; filename=" + "x".repeat(5000), "x".repeat(4096)),
                Arguments.of("attachment; filename=\u00fc.exe", "\u00fc.exe"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void keepsAllNames(String disposition, String names) {
        MessageView view =
                Outline.view("Content-Type: application/octet-stream\nContent-Disposition: " + disposition + "\n\nx");
        assertThat(String.join("|", view.root().names())).isEqualTo(names);
    }

    @Test
    void saysThatNamesDiffer() {
        MessageView view = Outline.view(
                "Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.exe\n\nx");
        assertThat(view.root().names()).containsExactly("a.exe", "a.png");
        assertThat(view.root().flaws()).containsExactly(MimeFlaw.CONFLICTING_NAMES);
    }
}
