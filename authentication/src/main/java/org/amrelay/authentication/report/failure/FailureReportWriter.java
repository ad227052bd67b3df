// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.authentication.report.failure.PendingFailures.Pending;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.mime.MailDate;

/**
 * Makes the mail that tells of a failure (RFC 5965 §2, RFC 6591 §3, RFC 9991 §4): its header at most, never its body.
 *
 * <p>Safe for several threads.
 */
public final class FailureReportWriter {
    private static final int LONGEST_VALUE = 900;

    private final String host;
    private final FailureReportDetail detail;
    private final Redaction redaction;

    /** @param host the domain in whose name reports are sent */
    public FailureReportWriter(String host, FailureReportDetail detail, Redaction redaction) {
        this.host = host;
        this.detail = detail;
        this.redaction = redaction;
    }

    /**
     * The mail.
     *
     * @param spfRecord what the domain of the SPF failure publishes, if it could be had
     * @param id unique, of characters for a Message-ID and a boundary
     */
    public MessageContent write(Pending pending, Optional<String> spfRecord, String to, String id, Instant now) {
        FailedMessage failed = pending.first();
        String boundary = "failure-" + id;
        String text = "From: postmaster@" + host + "\r\n"
                + "To: " + to + "\r\n"
                + "Subject: DMARC failure report for " + failed.author() + "\r\n"
                + "Date: " + MailDate.format(now) + "\r\n"
                + "Message-ID: <" + id + "@" + host + ">\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=feedback-report;\r\n\tboundary=\"" + boundary
                + "\"\r\n\r\n"
                + "--" + boundary + "\r\n"
                + "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
                + "This is an authentication failure report for a message that " + host + "\r\nreceived from "
                + failed.client().getHostAddress() + " on " + MailDate.format(failed.arrival()) + ".\r\n"
                + (detail == FailureReportDetail.REDACTED
                        ? "Local parts of addresses are replaced by digests.\r\n"
                        : "")
                + "\r\n--" + boundary + "\r\n"
                + "Content-Type: message/feedback-report\r\n\r\n"
                + fields(pending, spfRecord)
                + "\r\n--" + boundary + "\r\n"
                + "Content-Type: text/rfc822-headers; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                + header(failed)
                + "\r\n--" + boundary + "--\r\n";
        return MessageContent.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String fields(Pending pending, Optional<String> spfRecord) {
        FailedMessage failed = pending.first();
        StringBuilder fields = new StringBuilder();
        add(fields, "Feedback-Type", "auth-failure");
        add(fields, "Version", "1");
        add(fields, "User-Agent", "ActiveMailRelay");
        add(fields, "Auth-Failure", failed.failure());
        add(
                fields,
                "Identity-Alignment",
                failed.unaligned().isEmpty() ? "none" : String.join(", ", failed.unaligned()));
        add(fields, "Authentication-Results", shown(failed.results()));
        add(fields, "Original-Mail-From", shown("<" + failed.sender() + ">"));
        add(fields, "Arrival-Date", MailDate.format(failed.arrival()));
        add(fields, "Source-IP", failed.client().getHostAddress());
        add(fields, "Reported-Domain", failed.author());
        add(fields, "Delivery-Result", failed.refused() ? "reject" : "other");
        add(fields, "Incidents", Long.toString(pending.incidents()));
        failed.signature().ifPresent(signature -> {
            add(fields, "DKIM-Domain", signature.domain());
            add(fields, "DKIM-Identity", shown(signature.identity()));
            add(fields, "DKIM-Selector", signature.selector());
        });
        failed.spfDomain()
                .ifPresent(domain -> add(
                        fields,
                        "SPF-DNS",
                        "txt : " + domain + " : \"" + spfRecord.orElse("").replace("\"", "'") + "\""));
        return fields.toString();
    }

    private String shown(String text) {
        return detail == FailureReportDetail.FULL ? text : redaction.text(text);
    }

    /** What strangers wrote must not begin another field. */
    private static void add(StringBuilder fields, String name, String value) {
        String line = value.chars()
                .map(c -> c < ' ' || c == 0x7f ? ' ' : c < 0x100 ? c : '?')
                .limit(LONGEST_VALUE)
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
        fields.append(name).append(": ").append(line.strip()).append("\r\n");
    }

    private String header(FailedMessage failed) {
        StringBuilder header = new StringBuilder();
        for (HeaderField field : failed.header()) {
            String line = detail == FailureReportDetail.FULL ? field.raw() : redaction.field(field);
            if (!line.isEmpty()) {
                header.append(line).append("\r\n");
            }
        }
        return header.toString();
    }
}
