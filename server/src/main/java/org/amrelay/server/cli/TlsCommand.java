// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.delivery.tlsreport.TlsReport;
import org.amrelay.delivery.tlsreport.TlsReportExtractor;
import org.amrelay.delivery.tlsreport.TlsReportParser;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.ResolverSettings;
import org.amrelay.server.home.TlsPolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr tls}: how secure deliveries to a domain must be, and what others report of deliveries to us. */
@Command(name = "tls", description = "Security of deliveries.", mixinStandardHelpOptions = true)
final class TlsCommand implements Runnable {
    private static final long LARGEST_FILE = 20L << 20;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to show: policy or reports");
    }

    @Command(
            name = "policy",
            description = "Look up which policy holds for deliveries to a domain now; sends nothing.",
            mixinStandardHelpOptions = true)
    int policy(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = "DOMAIN") String domain) {
        Home place = home.home();
        RelaySettings settings = RelaySettings.read(place, System.getenv());
        ResolvingDns dns = new ResolvingDns(ResolverSettings.of(place, settings), Clock.systemUTC());
        try (PolicyLookup lookup = new PolicyLookup(dns, TlsPolicyFile.read(place), Clock.systemUTC())) {
            PolicyLookup.Answer answer = lookup.of(domain);
            output.print(answer, found -> print(output.out(), found));
            return answer.hosts().isEmpty() ? 1 : 0;
        }
    }

    private static void print(PrintWriter out, PolicyLookup.Answer answer) {
        out.printf(
                "%s: mail exchangers %s%n",
                Output.safe(answer.domain()), answer.signed() ? "signed with DNSSEC" : "not signed");
        if (!answer.problem().isEmpty()) {
            out.println("  " + Output.safe(answer.problem()));
        }
        for (PolicyLookup.Host host : answer.hosts()) {
            out.printf("  %s: %s; %s%n", Output.safe(host.name()), host.requirement(), Output.safe(host.why()));
        }
    }

    @Command(
            name = "reports",
            description = "Show TLS reports of others (RFC 8460): mails, .json or .json.gz.",
            mixinStandardHelpOptions = true)
    int reports(@Mixin Output output, @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files)
            throws IOException {
        List<TlsReport> found = new ArrayList<>();
        for (Path file : files) {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException(file + " is larger than 20 MB; this is no report");
            }
            byte[] bytes = Files.readAllBytes(file);
            found.add(TlsReportParser.parse(TlsReportExtractor.report(bytes).orElse(bytes)));
        }
        output.printAll(
                found.stream().map(ReportView::of).toList(), "no report", report -> print(output.out(), report));
        return 0;
    }

    private static void print(PrintWriter out, ReportView report) {
        out.printf("%s, %s to %s%n", Output.safe(report.organization()), report.from(), report.to());
        for (ReportView.Policy policy : report.policies()) {
            out.printf(
                    "  %s, %s: %d sessions well, %d failed%n",
                    Output.safe(policy.domain()), policy.type(), policy.successful(), policy.failed());
            policy.failures()
                    .forEach(failure -> out.printf(
                            "    %d x %s at %s, from %s%n",
                            failure.sessions(),
                            Output.safe(failure.result()),
                            Output.safe(failure.host()),
                            Output.safe(failure.sender())));
        }
    }
}
