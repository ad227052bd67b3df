// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.tlsreport.ReportedPolicy;
import org.amrelay.delivery.tlsreport.TlsCount;
import org.amrelay.delivery.tlsreport.TlsReport;
import org.amrelay.delivery.tlsreport.TlsReportParser;
import org.amrelay.mail.dns.SignedDns;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class TlsCommandTest {
    private static final String REPORT = """
            {"organization-name": "Company-X",
             "date-range": {"start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z"},
             "contact-info": "sts-reporting@company-x.example", "report-id": "5065427c",
             "policies": [{"policy": {"policy-type": "sts", "policy-domain": "company-y.example"},
               "summary": {"total-successful-session-count": 5326, "total-failure-session-count": 303},
               "failure-details": [{"result-type": "certificate-expired\\u001b[31m", "sending-mta-ip": "2001:db8::1",
                 "receiving-mx-hostname": "mx1.company-y.example", "failed-session-count": 303}]}]}
            """;

    @TempDir
    private Path directory;

    // The command uses the system's clock, so the signatures have to be valid now
    private final SignedDns dns = new SignedDns(Instant.now())
            .zone("example", true)
            .zone("a.example", true)
            .zone("plain.example", false)
            .add("a.example MX 10 mx.a.example.", "mx.a.example A 127.0.0.1")
            .add("_25._tcp.mx.a.example TLSA 3 1 1 " + "ab".repeat(32))
            .add("plain.example MX 10 mx.plain.example.", "mx.plain.example A 127.0.0.1");

    private Home home;
    private String out = "";
    private String err = "";

    @BeforeEach
    void aHomeAsksOurServer() throws IOException {
        home = TestHome.in(directory.resolve("home"));
        Files.writeString(home.conf().resolve("root.ds"), dns.trustAnchors());
        Path settings = home.conf().resolve("relay.yaml");
        String text = Files.readString(settings)
                .replace("servers: \"\"", "servers: 127.0.0.1:" + dns.address().getPort())
                .replace("dnssec: automatic", "dnssec: validate")
                .replace("trust-anchors: \"\"", "trust-anchors: conf/root.ds");
        Files.writeString(settings, text);
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private int amr(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line =
                Amr.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true));
        int code = line.execute(arguments);
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private int policy(String domain, String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(
                new String[] {
                    "tls", "policy", domain, "--home", home.directory().toString()
                },
                0,
                all,
                0,
                5);
        System.arraycopy(more, 0, all, 5, more.length);
        return amr(all);
    }

    @Test
    void tellsWhichPolicyHoldsAndWhy() throws IOException {
        assertThat(policy("a.example")).as(err).isZero();
        assertThat(out)
                .contains("a.example: mail exchangers signed with DNSSEC")
                .contains("mx.a.example: TLS is mandatory; DANE of mx.a.example");
        assertThat(policy("plain.example", "--json")).as(err).isZero();
        JsonNode host = new ObjectMapper().readTree(out).get("hosts").get(0);
        assertThat(host.get("requirement").asText()).isEqualTo("TLS if it is offered");
        assertThat(host.get("why").asText()).contains("unsigned MX", "no MTA-STS");
    }

    @Test
    void tellsOfExceptions() throws IOException {
        Files.writeString(home.conf().resolve("tls-policy.yaml"), "domains:\n  plain.example: verified\n");
        assertThat(policy("plain.example")).as(err).isZero();
        assertThat(out).contains("TLS is mandatory; verified by the exception for plain.example");
    }

    @Test
    void tellsOfForgedRecords() {
        dns.forge("a.example", "MX");
        assertThat(policy("a.example")).isEqualTo(1);
        assertThat(out).contains("SERVFAIL");
    }

    @Test
    void showsReportsOfOthersWithoutTheirControlCharacters() throws IOException {
        Path file = Files.writeString(directory.resolve("report.json"), REPORT);
        assertThat(amr("tls", "reports", file.toString())).as(err).isZero();
        assertThat(out)
                .contains("Company-X, 2016-04-01T00:00:00Z to 2016-04-01T23:59:59Z")
                .contains("company-y.example, sts: 5326 sessions well, 303 failed")
                .contains("303 x certificate-expired")
                .doesNotContain("\u001b");
        assertThat(amr("tls", "reports", "--json", file.toString())).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out)
                        .get(0)
                        .at("/policies/0/failed")
                        .asLong())
                .isEqualTo(303);
    }

    @Test
    void saysThatAFileIsNoReport() throws IOException {
        Path file = Files.writeString(directory.resolve("none.json"), "{}");
        assertThat(amr("tls", "reports", file.toString())).isEqualTo(1);
        assertThat(amr("tls")).isEqualTo(2);
    }

    @Test
    void listsWhatTheRelayKeepsAndWhatItHasStillToReport() throws IOException {
        String where = home.directory().toString();
        assertThat(amr("tls", "reports", "--home", where)).as(err).isZero();
        assertThat(out).contains("no reports yet").doesNotContain("to be reported");
        try (RelayStorage storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC())) {
            TlsReport old = TlsReportParser.parse(REPORT.getBytes(StandardCharsets.UTF_8));
            Instant now = Instant.now();
            storage.tlsReports().receive(new TlsReport("Company-X", now, now, "x", old.id(), old.policies()), now);
            storage.tlsCounts()
                    .add(List.of(new TlsCount(
                            LocalDate.parse("2026-03-01"), ReportedPolicy.none("b.example"), Optional.empty(), 7)))
                    .toCompletableFuture()
                    .join();
        }
        assertThat(amr("tls", "reports", "--home", where)).as(err).isZero();
        assertThat(out)
                .contains("company-y.example, sts: 5326 sessions well, 303 failed")
                .contains("to be reported to others:")
                .contains("  2026-03-01, b.example: 7 sessions well, 0 failed")
                .doesNotContain("\u001b");
        assertThat(amr("tls", "reports", "--home", where, "--json", "--domain", "B.example"))
                .isZero();
        JsonNode all = new ObjectMapper().readTree(out);
        assertThat(all.get("received")).isEmpty();
        assertThat(all.at("/waiting/0/successful").asLong()).isEqualTo(7);
    }
}
