// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class TlsReportFuzz {
    @Property(seed = "1", tries = 2000)
    void neverBreaksOnRandomBytes(@ForAll @Size(max = 300) byte[] bytes) {
        parse(bytes);
    }

    @Property(seed = "1", tries = 3000)
    void neverBreaksOnNearReports(@ForAll("nearReports") String text) {
        parse(text.getBytes(UTF_8));
        ReportAddresses.among(List.of("v=TLSRPTv1;rua=" + text));
    }

    private static void parse(byte[] bytes) {
        try {
            byte[] report = TlsReportExtractor.report(bytes).orElse(bytes);
            assertThat(TlsReportParser.parse(report).policies()).isNotEmpty();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> nearReports() {
        return Arbitraries.of(
                        "{\"date-range\":{\"start-datetime\":\"2016-04-01T00:00:00Z\",\"end-datetime\":\"2016-04-01T23:59:59Z\"},",
                        "\"policies\":[{\"policy\":{\"policy-type\":\"sts\"},\"summary\":{}}]",
                        "\"policies\":[1,null,{}]",
                        "\"total-failure-session-count\":1e9",
                        "mailto:a@b.example,",
                        "https://x/%zz",
                        "Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n",
                        "Content-Type: application/tlsrpt+json\r\n\r\n",
                        "{",
                        "}",
                        ",",
                        "[",
                        "]",
                        "\u0000",
                        "%")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
