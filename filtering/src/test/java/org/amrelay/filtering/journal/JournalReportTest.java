// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;

class JournalReportTest {
    private static JournalEntry entry(ReversePath sender, String... recipients) {
        return new JournalEntry(
                "journal-1",
                Instant.parse("2026-01-02T03:04:05Z"),
                EmailAddress.of("postmaster@ours.example"),
                EmailAddress.of("journal@archive.example"),
                sender,
                Stream.of(recipients).map(EmailAddress::of).toList());
    }

    private static String report(JournalEntry entry, String original) throws IOException {
        MessageContent report = JournalReport.of(entry, MessageView.of(original.getBytes(StandardCharsets.UTF_8)));
        try (InputStream in = report.open()) {
            byte[] all = in.readAllBytes();
            assertThat(report.size()).isEqualTo(all.length);
            return new String(all, StandardCharsets.UTF_8);
        }
    }

    @Test
    void namesEverybodyAndHoldsTheOriginalByteForByte() throws IOException {
        String original =
                "From: ann@ours.example\r\nTo: Bob <BOB@far.example>, gone@far.example\r\nCc: cora@far.example\r\n"
                        + "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <a@ours.example>\r\n\r\nä  \r\n--x\r\n\r\n";
        ReversePath sender = ReversePath.of(EmailAddress.of("ann@ours.example"));
        String report = report(entry(sender, "hidden@far.example", "cora@far.example", "bob@far.example"), original);
        MessageView view = MessageView.of(report.getBytes(StandardCharsets.UTF_8));
        assertThat(view.flaws()).isEmpty();
        assertThat(view.header().has(JournalReport.FIELD)).isTrue();
        assertThat(view.header().subject()).isEqualTo("Journal report about a@ours.example");
        assertThat(view.part("1.1").orElseThrow().text().lines())
                .containsExactly(
                        "Sender: ann@ours.example",
                        "Subject: Grüße",
                        "Message-ID: a@ours.example",
                        "To: bob@far.example",
                        "Cc: cora@far.example",
                        "Bcc: hidden@far.example");
        assertThat(view.parts()).extracting(MessagePart::path).contains("1.2.1");
        assertThat(view.part("1.2").orElseThrow().type().essence()).isEqualTo("message/rfc822");
        assertThat(report).contains("\r\n\r\n" + original + "\r\n--journal-journal-1--\r\n");
    }

    @Test
    void aSubjectWritesNoLinesAndAnInternationalHeaderIsSaidToBeOne() throws IOException {
        String report = report(
                entry(ReversePath.nullSender(), "bob@far.example"),
                "Subject: =?utf-8?q?a=0D=0ABcc:_eve@far.example?= ü\r\nMessage-ID: <ä@x>\r\n\r\ntext\r\n");
        MessageView view = MessageView.of(report.getBytes(StandardCharsets.UTF_8));
        List<String> lines = view.part("1.1").orElseThrow().text().lines().toList();
        assertThat(lines).hasSize(4).contains("Sender: <>", "Bcc: bob@far.example");
        assertThat(lines.get(1)).startsWith("Subject: a").contains("Bcc: eve@far.example");
        assertThat(view.part("1.2").orElseThrow().type().essence()).isEqualTo("message/global");
        assertThat(report.substring(0, report.indexOf("\r\n\r\n")).chars()).allMatch(c -> c < 0x7f);
    }
}
