// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BounceCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int amr(String... words) {
        return Amr.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void printsALineForEachFileInItsOrder() throws IOException {
        String bounce = file("1.eml", """
                Return-Path: <>
                From: MAILER-DAEMON@far.example
                To: alice@relay.example
                Subject: failure notice

                Hi. This is the qmail-send program at far.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.

                <bob@far.example>:
                192.0.2.1 failed after I sent the message.
                Remote host said: 552 5.2.2 mailbox full
                """);
        String ordinary = file("2.eml", "From: a@b.example\nSubject: Hi\n\nHello\n");
        String complaint = file("3.eml", """
                From: feedback@far.example
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Original-Rcpt-To: bob@far.example
                Source-IP: 192.0.2.9
                --b--
                """);
        assertThat(amr("bounce", "classify", "--json", bounce, ordinary, complaint))
                .isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.get("file").asText()).isEqualTo(bounce);
        assertThat(first.get("kind").asText()).isEqualTo("bounce");
        assertThat(first.get("category").asText()).isEqualTo("mailbox-full");
        assertThat(first.get("status").asText()).isEqualTo("5.2.2");
        assertThat(first.get("permanent").asBoolean()).isTrue();
        assertThat(first.get("diagnostic").asText()).contains("mailbox full");
        assertThat(first.get("recipients").get(0).get("address").asText()).isEqualTo("bob@far.example");
        assertThat(new ObjectMapper().readTree(lines.get(1)).get("kind").asText())
                .isEqualTo("not-a-bounce");
        JsonNode third = new ObjectMapper().readTree(lines.get(2));
        assertThat(third.get("kind").asText()).isEqualTo("complaint");
        assertThat(third.get("feedbackType").asText()).isEqualTo("abuse");
        assertThat(third.get("sourceIp").asText()).isEqualTo("192.0.2.9");
        assertThat(third.get("recipients").get(0).get("address").asText()).isEqualTo("bob@far.example");
    }

    @Test
    void aFileThatIsNotThereIsAFailure() {
        String none = directory.resolve("none").toString();
        String other = directory.resolve("other").toString();
        assertThat(amr("bounce", "classify", none, other)).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"error\"", "there is no file " + none);
        assertThat(amr("bounce", "classify")).isEqualTo(2);
        assertThat(amr("bounce")).isEqualTo(2);
    }
}
