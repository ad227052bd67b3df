// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.delivery.tlsreport.TlsReportExtractor;
import org.amrelay.delivery.tlsreport.TlsReportParser;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.TlsAnswers;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.ResolverSettings;
import org.amrelay.server.home.TlsPolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            description = "Show TLS reports of others (RFC 8460): those that the relay keeps and what it has still to"
                    + " report itself, or those in files: mails, .json or .json.gz.",
            mixinStandardHelpOptions = true)
    int reports(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Option(names = "--domain", defaultValue = "", description = "only about this domain") String domain,
            @Option(names = "--days", defaultValue = "30", description = "how far back (default: 30)") int days,
            @Option(names = "--limit", defaultValue = "100", description = "most reports (default: 100)") int limit,
            @Parameters(paramLabel = "FILE", arity = "0..*") List<Path> files)
            throws IOException {
        if (files == null || files.isEmpty()) {
            try (Operations operations = Door.open(home.home())) {
                output.print(operations.tlsReports(domain, days, limit), all -> TlsReportText.print(output.out(), all));
                return 0;
            }
        }
        List<TlsAnswers.Report> found = new ArrayList<>();
        for (Path file : files) {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException(file + " is larger than 20 MB; this is no report");
            }
            byte[] bytes = Files.readAllBytes(file);
            found.add(TlsAnswers.Report.of(
                    TlsReportParser.parse(TlsReportExtractor.report(bytes).orElse(bytes))));
        }
        output.printAll(found, "no report", report -> TlsReportText.print(output.out(), report));
        return 0;
    }
}
