// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.amrelay.authentication.report.AggregateReportWriter.ReportFile;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.mime.MailDate;

/** Puts a report into a message (RFC 9990 §2.6.1). */
public final class ReportMail {
    private ReportMail() {}

    /**
     * The message.
     *
     * @param submitter the domain in whose name it is sent
     */
    public static MessageContent of(
            ReportFile file, String domain, String submitter, String from, String to, Instant now) {
        String boundary =
                "report-" + file.id().substring(0, file.id().indexOf('@')).replace('.', '-');
        String text = "From: " + from + "\r\n"
                + "To: " + to + "\r\n"
                + "Subject: Report Domain: " + domain + "\r\n"
                + "\tSubmitter: " + submitter + "\r\n"
                + "\tReport-ID: <" + file.id() + ">\r\n"
                + "Date: " + MailDate.format(now) + "\r\n"
                + "Message-ID: <" + file.id() + ">\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n"
                + "--" + boundary + "\r\n"
                + "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
                + "This is a DMARC aggregate report for " + domain + ".\r\n\r\n"
                + "--" + boundary + "\r\n"
                + "Content-Type: application/gzip\r\n"
                + "Content-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment;\r\n\tfilename=\"" + file.name() + "\"\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(file.gzip()) + "\r\n"
                + "--" + boundary + "--\r\n";
        return MessageContent.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
