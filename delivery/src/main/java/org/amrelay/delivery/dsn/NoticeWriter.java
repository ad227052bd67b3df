// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;

/**
 * Writes a notice as a mail: text for people, fields for programs, and the original header or message (RFC 3464, RFC
 * 6522).
 *
 * <p>The whole original is returned with failures only, when the sender asked for it (RET=FULL) and its size allows; it
 * is not copied, the notice reads it when it is read itself. Safe for several threads.
 */
public final class NoticeWriter {
    private static final String NAME = "notice-";

    private final NoticeSettings settings;
    private final RandomGenerator random;

    /** @param random safe for several threads; makes boundaries and message ids */
    public NoticeWriter(NoticeSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Whether a mail of that name is a notice of our own; whoever wrote it knows what it says. */
    public static boolean isOwn(String mailName) {
        return mailName.startsWith(NAME);
    }

    /**
     * The notice, or nothing for mail from the null sender and for answers of programs. Blocks on the disk.
     *
     * @throws IOException when the original cannot be read
     */
    public Optional<NewMail> write(Notice notice, QueuedDelivery about, Instant now) throws IOException {
        Optional<EmailAddress> sender = about.envelope().sender().address();
        if (sender.isEmpty()) {
            return Optional.empty();
        }
        OriginalHeader original = OriginalHeader.of(about.content());
        return original.isAnswerOfAProgram()
                ? Optional.empty()
                : Optional.of(mail(notice, about, now, sender.get(), Optional.of(original)));
    }

    /** The same without quoting the original, for when it cannot be read. */
    public Optional<NewMail> writeWithoutOriginal(Notice notice, QueuedDelivery about, Instant now) {
        return about.envelope().sender().address().map(sender -> mail(notice, about, now, sender, Optional.empty()));
    }

    private NewMail mail(
            Notice notice, QueuedDelivery about, Instant now, EmailAddress to, Optional<OriginalHeader> original) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String id = HexFormat.of().formatHex(bits);
        String boundary = "=_notice_" + id;
        List<NoticeTemplate> templates = settings.templates().of(original);
        StringBuilder text = new StringBuilder(4096);
        head(text, NoticeText.subject(notice.kind(), templates.get(0)), now, to, id, boundary, original);
        part(text, boundary, "text/plain; charset=utf-8", "quoted-printable");
        text.append(SafeText.quotedPrintable(NoticeText.of(notice, about, settings, templates)));
        boolean utf8 = StatusFields.isInternational(notice);
        part(
                text,
                boundary,
                utf8 ? "message/global-delivery-status" : "message/delivery-status",
                utf8 ? "8bit" : "7bit");
        text.append(StatusFields.of(notice, about, settings.reportingHost(), now));
        MessageContent content = original.map(header -> withOriginal(text, boundary, notice, about, header))
                .orElseGet(() -> MessageContent.of(ending(text, boundary)));
        Envelope envelope = Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(to)));
        return new NewMail(NAME + id, envelope, content);
    }

    private void head(
            StringBuilder text,
            String subject,
            Instant now,
            EmailAddress to,
            String id,
            String boundary,
            Optional<OriginalHeader> original) {
        field(text, "Date", SafeText.date(now));
        field(text, "From", "Mail Delivery System <" + settings.from() + ">");
        field(text, "To", "<" + to + ">");
        field(text, "Message-ID", "<" + id + "@" + settings.reportingHost() + ">");
        original.flatMap(OriginalHeader::messageId).ifPresent(messageId -> {
            field(text, "In-Reply-To", messageId);
            field(text, "References", messageId);
        });
        field(text, "Subject", SafeText.unstructured(subject));
        // Keeps vacation programs quiet (RFC 3834 §5)
        field(text, "Auto-Submitted", "auto-replied");
        field(text, "MIME-Version", "1.0");
        field(text, "Content-Type", "multipart/report; report-type=delivery-status;\r\n boundary=\"" + boundary + "\"");
        text.append("\r\nThis is a delivery status notice in MIME format.\r\n");
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private static void part(StringBuilder text, String boundary, String type, String encoding) {
        text.append("\r\n--").append(boundary).append("\r\nContent-Type: ").append(type);
        text.append("\r\nContent-Transfer-Encoding: ").append(encoding).append("\r\n\r\n");
    }

    private MessageContent withOriginal(
            StringBuilder text, String boundary, Notice notice, QueuedDelivery about, OriginalHeader header) {
        boolean failed = notice.kind() == Notice.Kind.FAILED || notice.kind() == Notice.Kind.EXPIRED;
        // RET=FULL does not count together with REQUIRETLS: the notice may go over lesser connections (RFC 8689 §5)
        boolean whole = failed
                && !about.envelope().requireTls()
                && about.envelope()
                        .returnContent()
                        .filter(ReturnContent.FULL::equals)
                        .isPresent()
                && about.content().size() <= settings.mostReturned();
        part(text, boundary, whole ? "message/rfc822" : "text/rfc822-headers", "8bit");
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
        byte[] begin = text.toString().getBytes(UTF_8);
        return whole
                ? JoinedContent.of(begin, about.content(), end)
                : JoinedContent.inMemory(begin, header.bytes(), end);
    }

    private static byte[] ending(StringBuilder text, String boundary) {
        return text.append("\r\n--")
                .append(boundary)
                .append("--\r\n")
                .toString()
                .getBytes(UTF_8);
    }
}
