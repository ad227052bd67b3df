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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.amrelay.authentication.report.ReceivedReport.Row;
import org.amrelay.authentication.syntax.Parsed;
import org.junit.jupiter.api.Test;

class AggregateReportParserTest {
    private static final String ROW = "<record><row><source_ip>192.0.2.1</source_ip><count>2</count>"
            + "<policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>pass</spf></policy_evaluated>"
            + "</row><identifiers><header_from>Relay.example</header_from></identifiers></record>";
    private static final String HEAD = "<report_metadata><org_name>Acme &amp; Co</org_name><report_id>r1</report_id>"
            + "<date_range><begin>1377993600</begin><end>1378080000</end></date_range></report_metadata>"
            + "<policy_published><domain>Relay.example</domain><p>reject</p></policy_published>";

    private static String feedback(String inside) {
        return "<?xml version=\"1.0\"?>\n<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">" + inside
                + "</feedback>";
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(octets);
        }
        return out.toByteArray();
    }

    private static byte[] zip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream packed = new ZipOutputStream(out)) {
            packed.putNextEntry(new ZipEntry("../../report.xml"));
            packed.write(octets);
        }
        return out.toByteArray();
    }

    private static String complaint(String xml) {
        return complaint(xml.getBytes(UTF_8));
    }

    private static String complaint(byte[] octets) {
        return ReportUnpacker.read(octets).fold(report -> "it was read", why -> why);
    }

    @Test
    void readsEachForm() throws IOException {
        byte[] plain = feedback(HEAD + ROW).getBytes(UTF_8);
        for (byte[] octets : new byte[][] {plain, gzip(plain), zip(plain)}) {
            assertThat(ReportUnpacker.isPossible(octets)).isTrue();
            ReceivedReport report = ReportUnpacker.read(octets).fold(read -> read, why -> {
                throw new AssertionError(why);
            });
            assertThat(report.organization()).isEqualTo("Acme & Co");
            assertThat(report.domain()).isEqualTo("relay.example");
            assertThat(report.policy()).isEqualTo("reject");
            assertThat(report.begin()).isEqualTo(Instant.ofEpochSecond(1_377_993_600L));
            assertThat(report.rows()).containsExactly(new Row("192.0.2.1", "relay.example", "reject", false, true, 2));
        }
        assertThat(ReportUnpacker.isPossible("%PDF".getBytes(UTF_8))).isFalse();
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        String more = "<version>1.0</version><extension><x:y xmlns:x='u'>z</x:y></extension><!-- c -->";
        assertThat(complaint(feedback(more + HEAD + ROW))).isEqualTo("it was read");
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        assertThat(complaint(feedback(ROW))).isEqualTo("no domain");
        assertThat(complaint(feedback(HEAD.replace("<report_id>r1</report_id>", ""))))
                .isEqualTo("no report_id");
        assertThat(complaint(feedback(HEAD + ROW.replace(">2<", ">-2<")))).isEqualTo("'-2' is no number");
        assertThat(complaint(feedback(HEAD + ROW.replace("192.0.2.1", "evil.example"))))
                .isEqualTo("a source is no IP address");
        assertThat(complaint(feedback(HEAD.replace("Relay.example", "a b")))).isEqualTo("its domain is none");
        assertThat(complaint("<feedback>")).startsWith("not XML");
        assertThat(complaint("")).startsWith("not XML");
        assertThat(complaint("PK\u0003\u0004broken")).contains("cannot be unpacked");
    }

    @Test
    void readsNoDocumentTypeAndNoEntity() {
        String external = "<!DOCTYPE feedback [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        String org = HEAD.replace("Acme &amp; Co", "&x;");
        assertThat(complaint(external + "<feedback>" + org + ROW + "</feedback>"))
                .isNotEqualTo("it was read");
        String bomb = "<!DOCTYPE feedback [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        assertThat(complaint(bomb + "<feedback>" + org.replace("&x;", "&b;") + "</feedback>"))
                .isNotEqualTo("it was read");
        assertThat(complaint("<!DOCTYPE feedback>" + "<feedback>" + HEAD + "</feedback>"))
                .isNotEqualTo("it was read");
    }

    @Test
    void boundsDepthRowsTextAndSize() throws IOException {
        assertThat(complaint(feedback(HEAD + "<a>".repeat(30) + "</a>".repeat(30))))
                .isEqualTo("more than 20 levels");
        assertThat(complaint(feedback(HEAD + ROW.repeat(10_001)))).isEqualTo("more than 10000 rows");
        String longName = feedback(HEAD.replace("Acme &amp; Co", "x".repeat(100_000)));
        int length = ReportUnpacker.read(longName.getBytes(UTF_8))
                .fold(r -> r.organization().length(), why -> -1);
        assertThat(length).isEqualTo(1000);
        byte[] bomb = gzip(new byte[40 << 20]);
        assertThat(complaint(bomb)).isNotEqualTo("it was read");
        byte[] spaces = (feedback(HEAD).replace("<feedback", "<feedback" + " ".repeat(30 << 20))).getBytes(UTF_8);
        assertThat(complaint(gzip(spaces))).contains("unpacks to more than");
    }

    @Property(seed = "1", tries = 500)
    void neverFailsOnAnything(@ForAll byte[] octets) {
        assertThat(ReportUnpacker.read(octets)).isInstanceOf(Parsed.Malformed.class);
    }

    @Property(seed = "1", tries = 300)
    void neverFailsOnABrokenReport(@ForAll int seed) throws IOException {
        byte[] octets = feedback(HEAD + ROW).getBytes(UTF_8);
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < 3; i++) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        assertThat(ReportUnpacker.read(octets)).isNotNull();
        byte[] packed = gzip(octets);
        packed[random.nextInt(packed.length)] ^= 1;
        assertThat(ReportUnpacker.read(packed)).isNotNull();
    }
}
