// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.amrelay.authentication.report.ReportStore.CountedRow;
import org.amrelay.authentication.report.ReportStore.DueReport;

/**
 * Makes the file of an aggregate report (RFC 9990 §2.1, §2.6.1).
 *
 * <p>Its id depends on nothing but what is reported, so that a report that is sent twice is recognised as one. Safe for
 * several threads.
 */
public final class AggregateReportWriter {
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0";

    private final String submitter;
    private final String contact;

    /**
     * A writer for all reports of this host.
     *
     * @param submitter the domain in whose name reports are sent
     * @param contact the address that answers questions about reports
     */
    public AggregateReportWriter(String submitter, String contact) {
        this.submitter = submitter;
        this.contact = contact;
    }

    /**
     * A report as a file.
     *
     * @param id unique among the reports of this host
     */
    public record ReportFile(String id, String name, byte[] gzip) {}

    /** The file of one day, one domain and one policy. */
    public ReportFile write(DueReport due, List<CountedRow> rows) {
        long begin = due.day() * SECONDS_OF_A_DAY;
        long end = begin + SECONDS_OF_A_DAY - 1;
        String unique = unique(due);
        String id = due.day() + "." + unique + "@" + submitter;
        Xml xml = new Xml()
                .raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback xmlns=\"" + NAMESPACE + "\">")
                .element("version", "1.0")
                .open("report_metadata")
                .element("org_name", submitter)
                .element("email", contact)
                .element("report_id", id)
                .open("date_range")
                .element("begin", Long.toString(begin))
                .element("end", Long.toString(end))
                .close("date_range")
                .element("generator", "Active Mail Relay")
                .close("report_metadata")
                .raw(due.policy());
        for (CountedRow row : rows) {
            String count =
                    new Xml().element("count", Long.toString(row.messages())).toString();
            xml.raw("\n").raw(row.record().replace(Observation.COUNT, count));
        }
        String name = submitter + '!' + due.domain() + '!' + begin + '!' + end + '!' + unique + ".xml.gz";
        return new ReportFile(id, name, gzip(xml.raw("\n</feedback>\n").toString()));
    }

    private static String unique(DueReport due) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((due.domain() + '\n' + due.policy()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
