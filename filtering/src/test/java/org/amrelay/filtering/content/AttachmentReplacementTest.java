// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import static org.amrelay.filtering.content.RulesOf.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;

class AttachmentReplacementTest {
    private static String bytes(MessageContent content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] all = in.readAllBytes();
            assertThat(content.size()).isEqualTo(all.length);
            return new String(all, StandardCharsets.UTF_8);
        }
    }

    private static final String[] MAIL = {
        "Subject: x",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "preamble",
        "--b",
        "Content-Type: text/plain",
        "",
        "text",
        "--b",
        "Content-Type: application/pdf; name=a.pdf",
        "",
        "%PDF-1",
        "--b",
        "Content-Type: application/pdf; name=b.pdf",
        "",
        "%PDF-2",
        "--b--",
        "epilogue"
    };

    @Test
    void aTextComesInThePlaceOfAnAttachmentAndAllElseStays() throws IOException {
        MessageView view = message(MAIL);
        String changed = bytes(AttachmentReplacement.of(view, Map.of("1.2/inner.exe", "Gäste gone", "1.3", ""))
                .orElseThrow());
        MessageView after = MessageView.of(changed.getBytes(StandardCharsets.UTF_8));
        assertThat(after.parts()).extracting(MessagePart::path).containsExactly("1", "1.1", "1.2", "1.3");
        assertThat(after.part("1.1").orElseThrow().text()).isEqualTo("text");
        assertThat(after.part("1.2").orElseThrow().text().strip()).isEqualTo("Gäste gone");
        assertThat(after.part("1.3").orElseThrow().text()).isEmpty();
        assertThat(after.flaws()).isEqualTo(view.flaws());
        assertThat(changed)
                .startsWith("Subject: x\r\n")
                .endsWith("--b--\r\nepilogue\r\n")
                .doesNotContain("PDF");
    }

    @Test
    void aPathWithoutTheMessageInFrontIsUnderstood() throws IOException {
        assertThat(bytes(AttachmentReplacement.of(message(MAIL), Map.of("2", "gone"))
                        .orElseThrow()))
                .doesNotContain("%PDF-1")
                .contains("%PDF-2");
    }

    @Test
    void aMessageThatIsTheAttachmentKeepsItsHeader() throws IOException {
        MessageView view = message("Subject: x", "Content-Type: application/pdf", "MIME-Version: 1.0", "", "%PDF-1");
        String changed =
                bytes(AttachmentReplacement.of(view, Map.of("1", "gone")).orElseThrow());
        assertThat(changed)
                .startsWith("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain")
                .doesNotContain("PDF");
        assertThat(MessageView.of(changed.getBytes(StandardCharsets.UTF_8)).text())
                .contains("gone");
    }

    @Test
    void whatIsInAForwardedMessageGoesFromThere() throws IOException {
        MessageView view = message(
                "Content-Type: multipart/mixed; boundary=o",
                "",
                "--o",
                "Content-Type: message/rfc822",
                "",
                "Subject: inner",
                "Content-Type: multipart/mixed; boundary=i",
                "",
                "--i",
                "Content-Type: application/pdf; name=a.pdf",
                "",
                "%PDF-1",
                "--i--",
                "--o--");
        String path = view.attachments().get(0).path();
        assertThat(bytes(AttachmentReplacement.of(view, Map.of(path, "gone")).orElseThrow()))
                .contains("Subject: inner")
                .doesNotContain("PDF");
    }

    @Test
    void whatStandsWithinAnotherTextCannotBeTakenOutAlone() {
        MessageView view = message("Subject: x", "", "text", "begin 644 a.exe", "#0V%T", "`", "end", "more");
        assertThat(view.attachments()).isNotEmpty();
        assertThat(AttachmentReplacement.of(
                        view, Map.of(view.attachments().get(0).path(), "gone")))
                .isEmpty();
        assertThat(AttachmentReplacement.of(view, Map.of("1.9", "gone"))).isEmpty();
    }

    @Test
    void theHeaderIsChangedAsTheRulesSay() {
        List<HeaderField> before =
                List.of(HeaderField.of("Subject: =?utf-8?q?x?="), HeaderField.of("X-A: 1"), HeaderField.of("X-B: 2"));
        List<HeaderChange> changes = List.of(
                new HeaderChange.Put("x-a", "3"),
                new HeaderChange.Add("X-B", "4"),
                new HeaderChange.Remove("X-C"),
                new HeaderChange.Tag("[EXT]"));
        List<HeaderField> after = HeaderRewriting.apply(changes, before);
        assertThat(after)
                .extracting(HeaderField::raw)
                .containsExactly("X-B: 4", "x-a: 3", "Subject: [EXT] =?utf-8?q?x?=", "X-B: 2");
        assertThat(HeaderRewriting.apply(List.of(new HeaderChange.Tag("[EXT]")), after))
                .isEqualTo(after);
        assertThat(HeaderRewriting.apply(List.of(new HeaderChange.Tag("[EXT]")), List.of()))
                .extracting(HeaderField::raw)
                .containsExactly("Subject: [EXT]");
    }
}
