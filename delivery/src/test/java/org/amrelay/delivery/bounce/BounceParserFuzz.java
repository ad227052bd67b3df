// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Whatever the octets: an answer, and soon. */
class BounceParserFuzz {
    private static final List<String> PIECES = List.of(
            "Return-Path: <>\n",
            "From: MAILER-DAEMON@x\n",
            "Subject: failure notice\n",
            "Subject: =?utf-8?Q?=E4?=\n",
            "Content-Type: multipart/report; boundary=b\n",
            "Content-Type: multipart/mixed; boundary=\"\n",
            "Content-Type: message/delivery-status\n",
            "Content-Type: text/html; charset=utf-99\n",
            "Content-Transfer-Encoding: base64\n",
            "Content-Type: message/rfc822\n",
            "\n",
            "--b\n",
            "--b--\n",
            "--\n",
            "Final-Recipient: rfc822; a@b.example\n",
            "Action: failed\n",
            "Status: 5.1.1\n",
            "Diagnostic-Code: smtp;\n",
            "Feedback-Type: abuse\n",
            "<a@b.example>: 550 5.1.1 no\n",
            "<",
            "&#x;",
            "&#99999999;",
            "=?",
            "@",
            "\"@[",
            ":",
            " ",
            "\t",
            "\r",
            "\0",
            "\u00ff",
            "550 ",
            "5.",
            "could not be delivered ",
            "<style>",
            "<!--",
            "a@b, ");

    private final BounceParser parser = new BounceParser();

    @Property(seed = "1", tries = 2_000)
    void neverFails(@ForAll("messages") String message) {
        BounceResult result = parser.read(message.getBytes(StandardCharsets.UTF_8));
        assertThat(result.kind()).isNotBlank();
        assertThat(result.recipients())
                .allSatisfy(each -> assertThat(each.diagnostic()).hasSizeLessThanOrEqualTo(1_000));
    }

    @Property(seed = "1", tries = 500)
    void neverFailsOnAnyOctets(@ForAll byte[] octets) {
        assertThat(parser.read(octets)).isNotNull();
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
    }

    @Example
    void longRunsOfAnythingAreReadInTime() {
        for (String piece : PIECES) {
            String message = "Return-Path: <>\nFrom: MAILER-DAEMON@x\nSubject: failure notice\n"
                    + "Content-Type: multipart/report; boundary=b\n\n--b\n\n"
                    + piece.repeat(2_000_000 / piece.length());
            Assertions.assertTimeout(
                    Duration.ofSeconds(60), () -> parser.read(message.getBytes(StandardCharsets.ISO_8859_1)), piece);
        }
    }
}
