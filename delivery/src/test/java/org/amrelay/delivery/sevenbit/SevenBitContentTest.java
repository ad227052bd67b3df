// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;

class SevenBitContentTest {
    private static final String TEXT_FIELDS = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";

    private static String converted(String message) {
        try {
            var content = SevenBitContent.of(MessageContent.of(message.getBytes(UTF_8)));
            if (content.isEmpty()) {
                return message;
            }
            try (InputStream in = content.get().open()) {
                byte[] bytes = in.readAllBytes();
                assertThat(content.get().size()).isEqualTo(bytes.length);
                return new String(bytes, UTF_8);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesWhatHasSevenBits() {
        String message = "Content-Transfer-Encoding: 8bit\r\nSubject: x\r\n\r\nhello\r\n";
        assertThat(converted(message)).isSameAs(message);
        assertThat(converted("")).isEmpty();
        assertThat(converted("\r\n")).isEqualTo("\r\n");
    }

    @Test
    void doesNotLookAtTheHeader() {
        String message = "Subject: grüße\r\n\r\nhello\r\n";
        assertThat(converted(message)).isSameAs(message);
    }

    @Test
    void encodesTextReadably() {
        assertThat(converted(
                        TEXT_FIELDS + "Content-Transfer-Encoding:\r\n 8bit\r\nX: y\r\n\r\nein schöner \r\n=Tag \t\r\n"))
                .isEqualTo(TEXT_FIELDS + "X: y\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                        + "ein sch=C3=B6ner=20\r\n=3DTag =09\r\n");
    }

    @Test
    void breaksLongLinesAndMakesNoDelimiterOfThem() {
        String body = converted(TEXT_FIELDS + "\r\n" + "ä" + "x".repeat(69) + "-".repeat(200) + "\r\n")
                .split("\r\n\r\n", 2)[1];
        assertThat(body.lines()).allMatch(line -> line.length() <= 76).noneMatch(line -> line.startsWith("-"));
        assertThat(body.replace("=\r\n", "").replace("=2D", "-").replace("=C3=A4", "ä"))
                .isEqualTo("ä" + "x".repeat(69) + "-".repeat(200) + "\r\n");
    }

    @Test
    void encodesOtherPartsInBase64() {
        String octets = "\u00ff\u0080 binary\r\n\r\n";
        String message =
                "MIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        String result = converted(message + octets);
        String[] parts = result.split("\r\n\r\n", 2);
        assertThat(parts[0]).endsWith("\r\nContent-Transfer-Encoding: base64");
        assertThat(Base64.getMimeDecoder().decode(parts[1])).isEqualTo(octets.getBytes(UTF_8));
        assertThat(parts[1]).endsWith("\r\n");
    }

    @Test
    void saysWhatATextWithoutTypeIs() {
        assertThat(converted("Subject: x\r\n\r\näh ja\r\n"))
                .isEqualTo("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A4h ja\r\n");
    }

    @Test
    void convertsThePartsThatNeedItAndNoOthers() {
        String message = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\npreamble\r\n"
                + "--b 1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\neins ü\r\n\r\n"
                + "--b 1  \r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\nplain\r\n"
                + "--b 1\r\n\r\n--b 1\r\nContent-Transfer-Encoding: base64\r\n\r\nw6Q=\r\n"
                + "--b 1--\r\nepilogue\r\n";
        assertThat(converted(message))
                .isEqualTo("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\npreamble\r\n"
                        + "--b 1\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\neins =C3=BC\r\n\r\n"
                        + "--b 1  \r\nContent-Type: text/html\r\n\r\nplain\r\n"
                        + "--b 1\r\n\r\n--b 1\r\nContent-Transfer-Encoding: base64\r\n\r\nw6Q=\r\n"
                        + "--b 1--\r\nepilogue\r\n");
    }

    @Test
    void looksIntoMessagesInMessages() {
        String message = "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + "Subject: inner\r\n" + TEXT_FIELDS + "\r\nü eins\r\n";
        assertThat(converted(message))
                .isEqualTo("MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n" + TEXT_FIELDS
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n=C3=BC eins\r\n");
    }

    @Test
    void looksIntoTheMessagesOfADigest() {
        String message =
                "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\nSubject: x\r\n\r\nü eins\r\n--d--\r\n";
        assertThat(converted(message))
                .contains("--d\r\n\r\nSubject: x\r\nMIME-Version: 1.0\r\n")
                .contains("=C3=BC eins\r\n--d--");
    }

    @Test
    void neverTouchesSignedParts() throws IOException {
        String signed = "--s\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\nsigned ü\r\n"
                + "--s\r\nContent-Type: application/pgp-signature\r\n\r\nabc\r\n--s--\r\n";
        String alone = "DKIM-Signature: x\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n" + signed;
        assertThat(converted(alone)).isSameAs(alone);
        String among =
                "Content-Type: multipart/mixed; boundary=m\r\nContent-Transfer-Encoding: 8bit\r\n\r\n--m\r\n\r\nü so\r\n--m\r\n"
                        + "Content-Type: multipart/signed; boundary=s\r\n\r\n" + signed + "\r\n--m--\r\n";
        assertThat(converted(among))
                .contains(signed)
                .contains("=C3=BC so")
                .contains("boundary=m\r\nContent-Transfer-Encoding: 8bit\r\n");
        assertThat(SevenBitContent.of(MessageContent.of(among.getBytes(UTF_8)))
                        .orElseThrow()
                        .remark())
                .isEqualTo("sent in 7 bits, 8BITMIME is not offered; signed or encrypted parts kept 8 bits");
    }

    @Test
    void leavesPartsInUnknownEncodings() {
        String message = "Content-Transfer-Encoding: x-uuencode\r\n\r\nü\r\n";
        assertThat(converted(message)).isSameAs(message);
    }

    @Test
    void takesAMessageWithoutLastLineEnd() {
        assertThat(converted(TEXT_FIELDS + "\r\nü so")).endsWith("\r\n\r\n=C3=BC so");
    }

    @Test
    void holdsLittleOfAnEndlessLine() throws IOException {
        long size = 60_000_000;
        MessageContent endless = new MessageContent() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    private long left = size;

                    @Override
                    public int read() {
                        return left == size && left-- > 0
                                ? '\r'
                                : left == size - 1 && left-- > 0 ? '\n' : left-- > 0 ? 0xfc : -1;
                    }
                };
            }

            @Override
            public long size() {
                return size;
            }
        };
        assertThat(SevenBitContent.of(endless).orElseThrow().size()).isBetween(size * 4 / 3, size * 3 / 2);
    }
}
