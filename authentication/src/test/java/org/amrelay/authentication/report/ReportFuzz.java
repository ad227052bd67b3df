// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.amrelay.authentication.report.failure.FailureReportParser;
import org.junit.jupiter.api.Test;

class ReportFuzz {
    private static final String WHOLE = "<?xml version=\"1.0\"?><feedback><report_metadata><org_name>a</org_name>"
            + "<report_id>1</report_id><date_range><begin>1</begin><end>2</end></date_range></report_metadata>"
            + "<policy_published><domain>a.example</domain><p>none</p></policy_published><record><row>"
            + "<source_ip>192.0.2.1</source_ip><count>2</count><policy_evaluated><disposition>none</disposition>"
            + "<dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>a.example"
            + "</header_from></identifiers></record></feedback>";

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    private static byte[] zip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("../../report.xml"));
            zip.write(octets);
        }
        return out.toByteArray();
    }

    private static boolean isRead(byte[] octets) {
        return ReportUnpacker.read(octets).fold(read -> true, why -> false);
    }

    @Test
    void theWholeReportIsReadInAllForms() throws IOException {
        byte[] xml = WHOLE.getBytes(UTF_8);
        assertThat(isRead(xml) && isRead(gzip(xml)) && isRead(zip(xml))).isTrue();
    }

    @Property(seed = "1", tries = 1500)
    void aReportWithAFaultIsReadOrNot(
            @ForAll @IntRange(max = 640) int at, @ForAll byte other, @ForAll @IntRange(max = 2) int form)
            throws IOException {
        byte[] xml = WHOLE.getBytes(UTF_8);
        byte[] octets = form == 0 ? xml : form == 1 ? gzip(xml) : zip(xml);
        octets[at % octets.length] = other;
        ReportUnpacker.read(octets);
        byte[] cut = java.util.Arrays.copyOf(octets, at % octets.length);
        ReportUnpacker.read(cut);
        ReportUnpacker.isPossible(cut);
    }

    @Property(seed = "1", tries = 1500)
    void anyElementsAreReadOrNot(@ForAll("elements") String elements) {
        ReportUnpacker.read(("<feedback>" + elements).getBytes(UTF_8));
    }

    @Provide
    static Arbitrary<String> elements() {
        return Arbitraries.of(
                        "<record>",
                        "</record>",
                        "<row>",
                        "</row>",
                        "<count>99999999999999999999</count>",
                        "<count>-1</count>",
                        "<source_ip>x</source_ip>",
                        "<policy_published>",
                        "</policy_published>",
                        "<domain>a..b</domain>",
                        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                        "&b;",
                        "&#0;",
                        "<![CDATA[",
                        "]]>",
                        "<a/>",
                        "</feedback>")
                .list()
                .ofMaxSize(15)
                .map(pieces -> String.join("", pieces));
    }

    @Property(seed = "1", tries = 2000)
    void anyFeedbackIsReadOrNot(@ForAll("feedback") String text) {
        FailureReportParser.parse(text, Instant.EPOCH)
                .fold(
                        read -> {
                            assertThat(read.incidents()).isPositive();
                            assertThat(read.sender()).hasSizeLessThanOrEqualTo(1000);
                            return read;
                        },
                        why -> why);
    }

    @Provide
    static Arbitrary<String> feedback() {
        return Arbitraries.of(
                        "Feedback-Type: auth-failure\r\n",
                        "feedback-type:AUTH-FAILURE\n",
                        "Reported-Domain: a.example\r\n",
                        "Reported-Domain: -\u00e9..\r\n",
                        "Incidents: 99999999999\n",
                        "Incidents: 0\n",
                        "Arrival-Date: Tue, 19 Jul 2022 00:57:48 -0500 (CDT)\n",
                        "Arrival-Date: x\n",
                        "Original-Mail-From: " + "y".repeat(2000) + "\n",
                        " folded\n",
                        "\tfolded\n",
                        ":\n",
                        "\n",
                        "\u0000")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Test
    void aFeedbackOfManyMegabytesIsCheap() {
        String text = "Feedback-Type: auth-failure\nReported-Domain: a.example\n" + "X: y\n folded\n".repeat(1 << 20);
        assertThat(FailureReportParser.parse(text, Instant.EPOCH).<String>fold(read -> read.domain(), why -> why))
                .isEqualTo("a.example");
    }
}
