// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;

/** Makes the mail that carries a report (RFC 8460 §5.3). Pure. */
public final class TlsReportMail {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private TlsReportMail() {}

    /**
     * @param domain that the report is about
     * @param submitter our own domain
     * @param from sender of the mail
     */
    public static MessageContent of(
            TlsReport report, String domain, String submitter, EmailAddress from, EmailAddress to) {
        String boundary = "=_tls_report_" + report.from().getEpochSecond();
        String text = String.join(
                        "\r\n",
                        "From: " + from,
                        "To: " + to,
                        "Date: " + DATE.format(report.to().atOffset(ZoneOffset.UTC)),
                        "Message-ID: <" + report.id() + ">",
                        "Subject: Report Domain: " + domain,
                        "\tSubmitter: " + submitter,
                        "\tReport-ID: <" + report.id() + ">",
                        "TLS-Report-Domain: " + domain,
                        "TLS-Report-Submitter: " + submitter,
                        // Reports on broken policies must not get stuck on them (RFC 8460 §3)
                        "TLS-Required: No",
                        "Auto-Submitted: auto-generated",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/report; report-type=\"tlsrpt\";",
                        "\tboundary=\"" + boundary + "\"",
                        "",
                        "")
                + parts(report, domain, submitter, "--" + boundary);
        return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String parts(TlsReport report, String domain, String submitter, String separator) {
        return String.join(
                "\r\n",
                separator,
                "Content-Type: text/plain; charset=us-ascii",
                "Content-Transfer-Encoding: 7bit",
                "",
                "This is an aggregate TLS report from " + submitter + " about " + domain + ".",
                "It is meant for programs; see RFC 8460.",
                "",
                separator,
                "Content-Type: application/tlsrpt+gzip",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment;",
                "\tfilename=\"" + file(report, domain, submitter) + "\"",
                "",
                Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(compressed(report)),
                separator + "--",
                "");
    }

    /** RFC 8460 §5.1. */
    private static String file(TlsReport report, String domain, String submitter) {
        String unique = report.id().substring(0, Math.max(report.id().indexOf('@'), 0));
        return String.join(
                "!",
                submitter,
                domain,
                Long.toString(report.from().getEpochSecond()),
                Long.toString(report.to().getEpochSecond()),
                unique + ".json.gz");
    }

    /** The report as it is sent by any way. */
    static byte[] compressed(TlsReport report) {
        byte[] bytes = TlsReportWriter.json(report);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
