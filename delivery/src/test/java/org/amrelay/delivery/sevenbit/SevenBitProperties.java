// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amrelay.mail.message.MessageContent;

class SevenBitProperties {
    private static String read(MessageContent content) {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String converted(String message) {
        try {
            MessageContent content = MessageContent.of(message.getBytes(ISO_8859_1));
            return read(
                    SevenBitContent.of(content).map(MessageContent.class::cast).orElse(content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("\r\n", " ", "\t", "=", "-", "--b", ".", "a", "word ", "\u00fc", "\u00ff", "x".repeat(74))
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    /** Whatever the text is, a reader of the one part gets it back. */
    @Property(seed = "1")
    void readersGetTheSameText(@ForAll("bodies") String body) {
        String header = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n";
        String result = converted(header + "\r\n" + body);
        assertThat(result.chars()).allMatch(c -> c < 128);
        String[] parts = result.split("\r\n\r\n", 2);
        String encoded = parts.length < 2 ? "" : parts[1];
        String decoded = parts[0].contains("quoted-printable")
                ? fromQuotedPrintable(encoded)
                : parts[0].contains("base64")
                        ? new String(java.util.Base64.getMimeDecoder().decode(encoded), ISO_8859_1)
                        : encoded;
        assertThat(decoded).isEqualTo(body);
        if (!result.endsWith(body)) {
            assertThat(encoded.lines()).allMatch(line -> line.length() <= 76 && !line.endsWith(" "));
        }
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(List.of(
                        "\r\n",
                        "\n",
                        "\r",
                        "\r\n\r\n",
                        "Content-Type: multipart/mixed; boundary=b\r\n",
                        "Content-Type: multipart/signed; boundary=b\r\n",
                        "Content-Type: message/rfc822\r\n",
                        "Content-Transfer-Encoding: 8bit\r\n",
                        "Content-Transfer-Encoding: base64\r\n",
                        "\r\n--b\r\n",
                        "\r\n--b--\r\n",
                        "--b",
                        "\u00fc",
                        "text\r\n",
                        "Subject: x\r\n"))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Property(seed = "1")
    void neverFailsAndIsStable(@ForAll("messages") String message) {
        String once = converted(message);
        assertThat(converted(once)).isEqualTo(once);
    }

    private static String fromQuotedPrintable(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' && text.startsWith("\r\n", i + 1)) {
                i += 2;
            } else if (c == '=') {
                out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.write(c);
            }
        }
        return out.toString(ISO_8859_1);
    }
}
