// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.journal;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.amrelay.filtering.content.SplicedContent;
import org.amrelay.filtering.content.SplicedContent.Cut;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.DecodedField;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageHeader;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.mime.Mailbox;

/** Writes the report about one message. Stateless. */
public final class JournalReport {
    /** The field by which archives know a report. */
    public static final String FIELD = "X-MS-Journal-Report";

    private static final int LONGEST = 240;

    private JournalReport() {}

    /**
     * The report as a message.
     *
     * @return reads the original rather than copying it, and lives as long
     */
    public static MessageContent of(JournalEntry entry, MessageView original) {
        String boundary = "journal-" + entry.id();
        String start = head(entry, boundary, original.header()) + String.join("\r\n", text(entry, original.header()))
                + "\r\n\r\n--" + boundary + "\r\nContent-Type: " + typeOf(original.header())
                + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        String end = "\r\n--" + boundary + "--\r\n";
        long size = original.content().size();
        return new SplicedContent(
                original.content(), List.of(new Cut(0, 0, bytes(start)), new Cut(size, size, bytes(end))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A header beyond ASCII makes it another type (RFC 6532 §3.7). */
    private static String typeOf(MessageHeader header) {
        boolean international = header.fields().stream()
                .map(DecodedField::field)
                .anyMatch(field -> field.raw().chars().anyMatch(c -> c > 0x7e));
        return international ? "message/global" : "message/rfc822";
    }

    private static String head(JournalEntry entry, String boundary, MessageHeader header) {
        return String.join(
                "\r\n",
                FIELD + ":",
                "From: <" + entry.postmaster() + ">",
                "To: <" + entry.journal() + ">",
                "Subject: Journal report about " + ascii(header.messageId()),
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                entry.now().atZone(ZoneOffset.UTC)),
                "Message-ID: <" + entry.id() + "@" + entry.postmaster().domain() + ">",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"",
                "Content-Transfer-Encoding: 8bit",
                "",
                "--" + boundary,
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                "");
    }

    private static List<String> text(JournalEntry entry, MessageHeader header) {
        List<String> lines = new ArrayList<>();
        lines.add("Sender: "
                + entry.sender().address().map(EmailAddress::toString).orElse("<>"));
        lines.add("Subject: " + line(header.subject()));
        lines.add("Message-ID: " + line(header.messageId()));
        Set<String> to = addresses(header.to());
        Set<String> cc = addresses(header.cc());
        Function<EmailAddress, String> kind =
                each -> to.contains(key(each)) ? "To: " : cc.contains(key(each)) ? "Cc: " : "Bcc: ";
        for (String wanted : List.of("To: ", "Cc: ", "Bcc: ")) {
            entry.recipients().stream()
                    .filter(each -> kind.apply(each).equals(wanted))
                    .forEach(each -> lines.add(wanted + each));
        }
        return lines;
    }

    /** People write their addresses in capitals now and then. */
    private static String key(EmailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }

    private static Set<String> addresses(List<Mailbox> mailboxes) {
        Set<String> found = new HashSet<>();
        mailboxes.forEach(mailbox -> mailbox.parsed().ifPresent(address -> found.add(key(address))));
        return found;
    }

    /** One line, so that nobody writes a line of the report by way of a subject. */
    private static String line(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).map(c -> breaks(c) ? ' ' : c).forEach(out::appendCodePoint);
        return out.toString().strip();
    }

    private static boolean breaks(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.SURROGATE;
    }

    private static String ascii(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> out.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        return out.toString();
    }
}
