// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisclaimerWriterTest {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final String ASCII = "Example Ltd, registered in Nowhere";
    private static final String LATIN = "Beispiel GmbH, Geschäftsführer Müller";
    private static final String JAPANESE = "株式会社例、東京都千代田区一丁目一番地";

    private static Disclaimer disclaimer(String text) {
        return Disclaimer.of(Optional.of(text), Optional.empty());
    }

    private static byte[] bytes(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(BYTES);
    }

    private static String added(byte[] mail, Disclaimer disclaimer) throws IOException {
        DisclaimerResult result = DisclaimerWriter.add(MessageView.of(mail), disclaimer);
        assertThat(result).isInstanceOf(DisclaimerResult.Added.class);
        try (InputStream in = ((DisclaimerResult.Added) result).message().open()) {
            byte[] all = in.readAllBytes();
            assertThat(((DisclaimerResult.Added) result).message().size()).isEqualTo(all.length);
            return new String(all, BYTES);
        }
    }

    private static String reason(byte[] mail, Disclaimer disclaimer) throws IOException {
        DisclaimerResult result = DisclaimerWriter.add(MessageView.of(mail), disclaimer);
        assertThat(result).isInstanceOf(DisclaimerResult.LeftAlone.class);
        return ((DisclaimerResult.LeftAlone) result).reason();
    }

    private static MessageView view(String message) {
        return MessageView.of(message.getBytes(BYTES));
    }

    private static String encoded(String text, Charset charset, String encoding) {
        byte[] raw = text.getBytes(charset);
        return switch (encoding) {
            case "base64" -> Base64.getMimeEncoder().encodeToString(raw);
            case "quoted-printable" -> new String(QuotedPrintableText.of(raw), BYTES);
            default -> new String(raw, BYTES);
        };
    }

    @ParameterizedTest(name = "{0} {1} {2} with {3} becomes {4} {5}")
    @CsvSource({
        "plain, us-ascii, 7bit, ASCII, us-ascii, 7bit",
        "plain, us-ascii, 7bit, LATIN, utf-8, quoted-printable",
        "plain, us-ascii, base64, LATIN, utf-8, base64",
        "plain, iso-8859-1, 8bit, LATIN, iso-8859-1, 8bit",
        "plain, iso-8859-1, 7bit, LATIN, iso-8859-1, quoted-printable",
        "plain, iso-8859-1, quoted-printable, LATIN, iso-8859-1, quoted-printable",
        "plain, iso-8859-1, base64, LATIN, iso-8859-1, base64",
        "plain, iso-8859-1, 8bit, JAPANESE, utf-8, 8bit",
        "plain, iso-8859-1, quoted-printable, JAPANESE, utf-8, quoted-printable",
        "plain, iso-2022-jp, 7bit, JAPANESE, iso-2022-jp, 7bit",
        "plain, shift_jis, 8bit, JAPANESE, shift_jis, 8bit",
        "plain, utf-8, 8bit, JAPANESE, utf-8, 8bit",
        "plain, utf-8, base64, JAPANESE, utf-8, base64",
        "plain, utf-16, base64, LATIN, utf-8, base64",
        "html, us-ascii, 7bit, LATIN, us-ascii, 7bit",
        "html, iso-8859-1, quoted-printable, JAPANESE, iso-8859-1, quoted-printable",
        "html, utf-8, base64, JAPANESE, utf-8, base64",
        "html, utf-16le, base64, JAPANESE, utf-8, base64",
    })
    void everyCharsetAndEncoding(
            String subtype, String charset, String encoding, String kind, String charsetAfter, String encodingAfter)
            throws IOException {
        String disclaimer = kind.equals("ASCII") ? ASCII : kind.equals("LATIN") ? LATIN : JAPANESE;
        String own = charset.equals("iso-8859-1") && !encoding.equals("7bit") ? "Grüße" : "greetings";
        String text = subtype.equals("html") ? "<html><body><p>" + own + "</p></body></html>\r\n" : own + "\r\n";
        byte[] mail = bytes(
                "Subject: x",
                "MIME-Version: 1.0",
                "Content-Type: text/" + subtype + "; charset=" + charset,
                "Content-Transfer-Encoding: " + encoding,
                "X-After: y",
                "",
                encoded(text, Charset.forName(charset), encoding).stripTrailing());
        String changed = added(mail, disclaimer(disclaimer));
        MessagePart part = view(changed).root();
        assertThat(part.visibleText().replace("\r\n", "\n").strip())
                .startsWith(own)
                .endsWith(disclaimer);
        assertThat(part.type().charset()).isEqualTo(charsetAfter);
        assertThat(part.header().text("content-transfer-encoding")).isEqualTo(encodingAfter);
        assertThat(view(changed).flaws()).isEmpty();
        assertThat(changed).startsWith("Subject: x\r\nMIME-Version: 1.0\r\n").contains("\r\nX-After: y\r\n");
        assertThat(changed.lines().mapToInt(String::length).max().orElse(0)).isLessThan(998);
        // What stands in it is found, so that it comes once
        assertThat(reason(changed.getBytes(BYTES), disclaimer(disclaimer))).isEqualTo("it has the text already");
    }

    @Test
    void onlyTheTextsChangeAndTheirAlternativesGetIt() throws IOException {
        byte[] mail = bytes(
                "Subject: x",
                "Content-Type: multipart/mixed; boundary=m",
                "",
                "preamble \t",
                "--m",
                "Content-Type: multipart/related; boundary=r",
                "",
                "--r",
                "content-TYPE:   multipart/alternative;",
                "  boundary=a",
                "",
                "--a",
                "Content-Type: text/plain",
                "",
                "letter",
                "--a",
                "Content-Type: text/html",
                "",
                "<p>letter</p><!-- </body> --></BODY></html>",
                "--a--",
                "--r",
                "Content-Type: image/png",
                "",
                "\u0089PNG",
                "--r--",
                "--m",
                "Content-Type: text/plain; name=notes.txt",
                "Content-Disposition: attachment",
                "",
                "a  file \t",
                "--m",
                "Content-Type: message/rfc822",
                "",
                "Subject: inner",
                "",
                "inner",
                "--m--",
                "epilogue");
        String before = new String(mail, BYTES);
        String after = added(mail, disclaimer(ASCII));
        assertThat(after)
                .isEqualTo(before.replace("\r\nletter\r\n", "\r\nletter\r\n\r\n" + ASCII + "\r\n")
                        .replace("</BODY>", "\r\n<p>" + ASCII + "</p>\r\n</BODY>"));
    }

    @Test
    void theLastTextThatIsNoFileAndNotEmptyGetsIt() throws IOException {
        byte[] mail = bytes(
                "Content-Type: multipart/mixed; boundary=m",
                "",
                "--m",
                "",
                "one",
                "--m",
                "Content-Type: application/pdf",
                "",
                "%PDF",
                "--m",
                "",
                "two",
                "--m",
                "",
                " ",
                "--m--");
        MessageView after = view(added(mail, disclaimer(ASCII)));
        assertThat(after.part("1.3").orElseThrow().text()).isEqualTo("two\r\n\r\n" + ASCII);
        assertThat(after.part("1.1").orElseThrow().text()).isEqualTo("one");
    }

    @Test
    void theStartOfARelatedMultipartGetsIt() throws IOException {
        byte[] mail = bytes(
                "Content-Type: multipart/related; boundary=m; start=\"<b@x>\"",
                "",
                "--m",
                "Content-Type: image/png",
                "",
                "PNG",
                "--m",
                "Content-Type: text/html",
                "Content-ID: <b@x>",
                "",
                "two",
                "--m--");
        assertThat(view(added(mail, disclaimer(ASCII)))
                        .part("1.2")
                        .orElseThrow()
                        .text())
                .contains("two", ASCII);
    }

    @Test
    void quotedPrintableStaysAsItStandsEvenWhereItEndsInTheMiddleOfALine() throws IOException {
        String head = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
        String plain = added((head + "<p>=\r\n=C3=A4=3d odd</p></body>\r\n").getBytes(BYTES), disclaimer(ASCII));
        assertThat(plain).isEqualTo(head + "<p>=\r\n=C3=A4=3d odd</p>=\r\n\r\n<p>" + ASCII + "</p>\r\n</body>\r\n");
        String split = added((head + "<p>a</p></bo=\r\ndy>\r\n").getBytes(BYTES), disclaimer(ASCII));
        assertThat(view(split).root().text()).isEqualTo("<p>a</p>\r\n<p>" + ASCII + "</p>\r\n</body>\r\n");
        String soft = added((head.replace("html", "plain") + "goes on=\r\n").getBytes(BYTES), disclaimer(ASCII));
        assertThat(view(soft).root().text()).startsWith("goes on\r\n").contains("\r\n" + ASCII);
    }

    @Test
    void flowedTextIsFlowed() throws IOException {
        String text = "From here it is\n > a quote\n" + "word ".repeat(30).strip();
        String head = "Content-Type: text/plain; format=flowed\r\n\r\nhello \r\n";
        String after = added(head.getBytes(BYTES), disclaimer(text));
        assertThat(after).startsWith(head + "\r\n From here it is\r\n  > a quote\r\n");
        List<String> lines = after.lines().toList();
        assertThat(lines.get(lines.size() - 2)).endsWith("word ");
        assertThat(lines.get(lines.size() - 1)).endsWith("word");
        String deletes = added(
                "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nhello\r\n".getBytes(BYTES),
                disclaimer(text));
        assertThat(deletes).contains("word  \r\nword");
        assertThat(DisclaimerLines.of("x".repeat(100), view(deletes).root().type()))
                .isEqualTo("x".repeat(72) + " \r\n" + "x".repeat(28));
    }

    @Test
    void aReplyThatQuotesItDoesNotGetItAgain() throws IOException {
        byte[] reply = bytes(
                "Content-Type: text/plain; charset=utf-8",
                "",
                "thanks",
                "> Example Ltd,",
                "> registered",
                ">   in nowhere");
        assertThat(reason(reply, disclaimer(ASCII))).isEqualTo("it has the text already");
        byte[] html = bytes(
                "Content-Type: text/html", "", "thanks<blockquote>Example&nbsp;Ltd, <b>registered</b> in Nowhere");
        assertThat(reason(html, disclaimer(ASCII))).isEqualTo("it has the text already");
        byte[] hidden = bytes("Content-Type: text/html", "", "<!-- " + ASCII + " -->letter");
        assertThat(added(hidden, disclaimer(ASCII))).contains("<p>" + ASCII + "</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b--",
                "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b--",
                "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nMII",
                "Content-Type: application/octet-stream; name=smime.p7m\r\n\r\nMII",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/signed; boundary=c\r\n\r\n"
                        + "--c\r\n\r\ntext\r\n--c--\r\n--b\r\n\r\nfooter\r\n--b--",
                "Subject: x\r\n\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\ntext",
                "Subject: x\r\n\r\nhello\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabc",
                "Content-Type: text/html\r\n\r\n<pre>-----BEGIN PGP MESSAGE-----\nabc</pre>"
            })
    void whatIsSignedOrEncryptedStays(String mail) throws IOException {
        assertThat(reason((mail + "\r\n").getBytes(BYTES), disclaimer(ASCII))).startsWith("it is signed or encrypted");
    }

    @Test
    void aSignedMessageWithinOneIsNoReason() throws IOException {
        byte[] mail = bytes(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "",
                "look",
                "--b",
                "Content-Type: message/rfc822",
                "",
                "Content-Type: multipart/signed; boundary=c",
                "",
                "--c",
                "",
                "inner",
                "--c--",
                "--b--");
        assertThat(added(mail, disclaimer(ASCII))).contains("look\r\n\r\n" + ASCII + "\r\n--b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/report; boundary=b | it has no text to append to",
                "image/png | it has no text to append to"
            })
    void whatCannotGetItStays(String type, String reason) throws IOException {
        byte[] mail = bytes("Content-Type: " + type, "", "--b", "", "texts", "--b--", "x");
        assertThat(reason(mail, disclaimer(LATIN))).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n#0V%T\r\n`\r\nend",
                "Content-Type: text/plain; charset=shift_jis\r\n\r\nabc \u0081\u0020\u00ff\u00fd",
            })
    void whatCannotBeWrittenAgainStays(String mail) throws IOException {
        assertThat(reason((mail + "\r\n").getBytes(BYTES), disclaimer(LATIN)))
                .isEqualTo("a text of it cannot be written again");
    }

    @Test
    void aCharsetThatIsNotTrueIsPutRightWithTheText() throws IOException {
        String after = added(bytes("Content-Type: text/plain; charset=utf-16", "", "hello"), disclaimer(LATIN));
        assertThat(view(after).root().text()).isEqualTo("hello\r\n\r\n" + LATIN + "\r\n");
    }

    @Test
    void aVeryLongTextStays() throws IOException {
        byte[] mail = bytes("Subject: x", "", "line\r\n".repeat(400_000));
        assertThat(reason(mail, disclaimer(ASCII))).isEqualTo("a text of it is larger than 2 MB");
    }

    @Test
    void aMessageOfBeforeMimeBecomesOneWithIt() throws IOException {
        String after = added(bytes("Subject: x", "", "hello"), disclaimer(LATIN));
        assertThat(after)
                .startsWith("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\nhello\r\n\r\n");
    }
}
