// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MimeTortureTest {
    private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\n\n";

    static Stream<Arguments> structures() {
        return Stream.of(
                of("no header at all", "\nhello\n", "text/plain \"hello\"", ""),
                of("no body", "Subject: x\n", "text/plain \"\"", ""),
                of("nothing", "", "text/plain \"\"", ""),
                of(
                        "only text",
                        "hello world\nand more\n",
                        "text/plain \"hello world/and more\"",
                        "missing-blank-line in 1"),
                of(
                        "a mailbox's line first",
                        "From a@b Mon Jan 1\nSubject: x\n\nhi",
                        "text/plain \"hi\"",
                        "broken-field in 1"),
                of(
                        "a line that is no field",
                        "Subject: x\ngarbage\nContent-Type: text/html\n\nhi",
                        "text/html \"hi\"",
                        "broken-field in 1"),
                of(
                        "no blank line",
                        "Subject: x\nhello there\nbye",
                        "text/plain \"hello there/bye\"",
                        "missing-blank-line in 1"),
                of(
                        "no blank line in a part",
                        MIXED + "--b\nContent-Type: text/html\n<p>hi</p>\n--b--\n",
                        "multipart/mixed[text/html \"<p>hi</p>\"]",
                        "missing-blank-line in 1.1"),
                of(
                        "a part without blank line and body",
                        MIXED + "--b\nContent-Type: text/html\n--b\n\nx\n--b--\n",
                        "multipart/mixed[text/html \"\", text/plain \"x\"]",
                        ""),
                of(
                        "no closing boundary",
                        MIXED + "--b\n\nx\n",
                        "multipart/mixed[text/plain \"x\"]",
                        "boundary-unclosed in 1"),
                of(
                        "inner multipart without end",
                        "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nx\n"
                                + "--o\n\ny\n--o--\n",
                        "multipart/mixed[multipart/alternative[text/plain \"x\"], text/plain \"y\"]",
                        "boundary-unclosed in 1.1"),
                of(
                        "a boundary that starts like another",
                        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\nx\n"
                                + "--bb--\n--b\n\ny\n--b--\n",
                        "multipart/mixed[multipart/mixed[text/plain \"x\"], text/plain \"y\"]",
                        ""),
                of(
                        "inner and outer boundary are the same",
                        MIXED + "--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n--b\n\ny\n--b--\n",
                        "multipart/mixed[multipart/mixed[text/plain \"x\", text/plain \"y\"]]",
                        "boundary-unclosed in 1, part-after-end in 1.1"),
                of(
                        "a boundary in the preamble's text",
                        MIXED + "see --b\n --b\n--bx\n--b\n\nx\n--b--\n",
                        "multipart/mixed[text/plain \"x\"]",
                        ""),
                of(
                        "blanks behind a boundary",
                        MIXED + "--b \t\n\nx\n--b-- \n",
                        "multipart/mixed[text/plain \"x\"]",
                        ""),
                of(
                        "a boundary in a header",
                        MIXED + "--b\nSubject: x\n--b\n\ny\n--b--\n",
                        "multipart/mixed[text/plain \"\", text/plain \"y\"]",
                        ""),
                of(
                        "a part behind the end",
                        MIXED + "--b\n\nx\n--b--\n--b\n\ny\n",
                        "multipart/mixed[text/plain \"x\", text/plain \"y\"]",
                        "part-after-end in 1"),
                of("an epilogue", MIXED + "--b\n\nx\n--b--\nnot shown\n", "multipart/mixed[text/plain \"x\"]", ""),
                of(
                        "no boundary parameter",
                        "Content-Type: multipart/mixed\n\n--xyz\n\nx\n--xyz\nContent-Type: text/html\n\ny\n--xyz--\n",
                        "multipart/mixed[text/plain \"x\", text/html \"y\"]",
                        "boundary-missing in 1"),
                of(
                        "a boundary that does not occur",
                        "Content-Type: multipart/mixed; boundary=q\n\n--b\n\nx\n",
                        "multipart/mixed \"--b//x\"",
                        "boundary-missing in 1"),
                of(
                        "an empty boundary",
                        "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n----\n",
                        "multipart/mixed[text/plain \"x\"]",
                        "boundary-missing in 1"),
                of(
                        "a quoted boundary with a blank at its end",
                        "Content-Type: multipart/mixed; boundary=\"b \"\n\n--b\n\nx\n--b--\n",
                        "multipart/mixed[text/plain \"x\"]",
                        ""),
                of(
                        "no subtype",
                        "Content-Type: multipart; boundary=b\n\n--b\n\nx\n--b--\n",
                        "multipart/mixed[text/plain \"x\"]",
                        "bad-content-type in 1"),
                of(
                        "two content types",
                        "Content-Type: text/plain\nContent-Type: text/html\n\n<p>x",
                        "text/plain \"<p>x\"",
                        "duplicate-field in 1"),
                of(
                        "a folded content type",
                        "Content-Type:\n multipart/mixed;\n\tboundary\n =\n \"b\"\n\n--b\n\nx\n--b--\n",
                        "multipart/mixed[text/plain \"x\"]",
                        ""),
                of(
                        "a digest",
                        "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: a\n\nx\n--b--\n",
                        "multipart/digest[message/rfc822[text/plain \"x\"]]",
                        ""),
                of(
                        "a message inside",
                        MIXED
                                + "--b\nContent-Type: message/rfc822\n\nSubject: a\nContent-Type: text/html\n\n<p>\n--b--\n",
                        "multipart/mixed[message/rfc822[text/html \"<p>\"]]",
                        ""),
                of(
                        "an encoded message inside",
                        MIXED + "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                                + "U3ViamVjdDogYQ0KDQpoaWRkZW4=\n--b--\n",
                        "multipart/mixed[message/rfc822[text/plain \"hidden\"]]",
                        "encoded-container in 1.1"),
                of(
                        "an encoded multipart",
                        "Content-Type: multipart/mixed; boundary=i\nContent-Transfer-Encoding: base64\n\n"
                                + "LS1pDQoNCmhpZGRlbg0KLS1pLS0NCg==\n",
                        "multipart/mixed[text/plain \"hidden\"]",
                        "encoded-container in 1"),
                of(
                        "a multipart that only says it is encoded",
                        MIXED.replace("\n\n", "\nContent-Transfer-Encoding: base64\n\n") + "--b\n\nx\n--b--\n",
                        "multipart/mixed[text/plain \"x\"]",
                        "encoded-container in 1"),
                of(
                        "a message declared as a file",
                        MIXED
                                + "--b\nContent-Type: application/octet-stream\n\nReceived: x\nFrom: a@b.c\nSubject: y\n\nz\n--b--\n",
                        "multipart/mixed[application/octet-stream[text/plain \"z\"]]",
                        "hidden-message in 1.1"),
                of(
                        "a text that starts like a message",
                        MIXED + "--b\n\nFrom: a@b.c\nTo: y@z.c\nSubject: y\n\nz\n--b--\n",
                        "multipart/mixed[text/plain \"From: a@b.c/To: y@z.c/Subject: y//z\"]",
                        ""));
    }

    private static Arguments of(String name, String message, String outline, String flaws) {
        return Arguments.of(name, message, outline, flaws);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void findsTheParts(String name, String message, String outline, String flaws) {
        MessageView view = Outline.view(message);
        assertThat(Outline.of(view)).isEqualTo(outline);
        assertThat(Outline.flaws(view)).isEqualTo(flaws);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void findsTheSameOnTheDisk(String name, String message, String outline, String flaws) {
        MessageContent content = MessageContent.of(Outline.bytes(message.replace("\n", "\r\n")));
        ViewLimits small = TestLimits.holding(1);
        MessageView view = MessageView.of(TestLimits.elsewhere(content), small);
        assertThat(Outline.of(view)).isEqualTo(outline);
        assertThat(Outline.flaws(view)).isEqualTo(flaws);
    }

    @Test
    void takesBareLineEnds() {
        for (String end : new String[] {"\n", "\r", "\r\n"}) {
            String message = (MIXED + "--b\nContent-Type: text/html\n\nx\n--b--\n").replace("\n", end);
            assertThat(Outline.of(MessageView.of(Outline.bytes(message))))
                    .isEqualTo("multipart/mixed[text/html \"x\"]");
        }
        MessageView mixed = MessageView.of(Outline.bytes("A: b\r\nC: d\r\n\r\nx\ny\rz\r\n"));
        assertThat(Outline.flaws(mixed)).isEqualTo("bare-line-end in 1");
    }

    @Test
    void takesNulBytes() {
        MessageView view = Outline.view("Sub\0ject: x\nSubject: a\0b\n\nx\0y\n");
        assertThat(view.header().subject()).isEqualTo("ab");
        assertThat(view.text()).contains("x\0y");
        assertThat(Outline.flaws(view)).contains("nul-byte in 1");
    }

    @Test
    void leavesOutWhatIsTooDeepOrTooMuchAndSaysSo() {
        MessageView deep = Outline.view("Content-Type: message/rfc822\n\n".repeat(200) + "Subject: x\n\ny");
        assertThat(deep.parts()).hasSize(51);
        assertThat(Outline.flaws(deep)).contains("too-deep");
        MessageView many = Outline.view(MIXED + "--b\n\nx\n".repeat(3000));
        assertThat(many.parts()).hasSize(2001);
        assertThat(Outline.flaws(many)).contains("too-many-parts in 1");
        MessageView fields = Outline.view("A: b\n".repeat(1500) + "\nx");
        assertThat(fields.header().fields()).hasSize(1000);
        assertThat(Outline.flaws(fields)).isEqualTo("too-many-fields in 1");
        MessageView large = Outline.view("A: " + "b".repeat(70_000) + "\n\nx");
        assertThat(Outline.flaws(large)).isEqualTo("header-too-large in 1");
        MessageView longer = Outline.view("Subject: x\n\n" + "lorem ipsum ".repeat(100_000));
        assertThat(longer.text()).hasSize(512 * 1024);
        assertThat(Outline.flaws(longer)).isEqualTo("truncated-text in 1");
    }

    @Test
    void boundsLinks() {
        MessageView view =
                Outline.view("Content-Type: text/html\n\n" + "<a href=http://a.example/>b</a>".repeat(100_000));
        assertThat(view.links().size()).isBetween(1000, 5000);
        assertThat(Outline.flaws(view)).isEqualTo("too-many-links in 1, truncated-text in 1");
    }
}
