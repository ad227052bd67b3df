// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code amr dmarc}: what others report of our domains. */
@Command(name = "dmarc", description = "Reports of others on mail in our name.", mixinStandardHelpOptions = true)
final class DmarcCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: reports or failures");
    }

    @Command(
            name = "reports",
            description = "List who sends in the name of your domains, the most failures first.",
            mixinStandardHelpOptions = true)
    int reports(@Mixin HomeOption home, @Mixin Output output, @Mixin ReportRange range) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.dmarc().sources(range.domain(), range.days(), range.limit()),
                    "no reports yet: let rua= of your DMARC record name the address of dmarc.receive-reports",
                    source -> print(output, source));
            return 0;
        }
    }

    @Command(
            name = "failures",
            description = "List single messages in the name of your domains that failed, the latest first.",
            mixinStandardHelpOptions = true)
    int failures(@Mixin HomeOption home, @Mixin Output output, @Mixin ReportRange range) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.dmarc().failures(range.domain(), range.days(), range.limit()),
                    "no failure reports: let ruf= of your DMARC record name the address of dmarc.receive-reports",
                    failure -> print(output, failure));
            return 0;
        }
    }

    private static void print(Output output, Answers.DmarcFailure failure) {
        output.out()
                .printf(
                        "%s  %s  %s: %d from %s, sender %s, not aligned: %s, signature %s; %s%n",
                        failure.arrival(),
                        Output.safe(failure.domain()),
                        Output.safe(failure.failure()),
                        failure.incidents(),
                        Output.safe(failure.source()),
                        Output.safe(failure.sender()),
                        Output.safe(failure.unaligned()),
                        Output.safe(failure.signature()),
                        Output.safe(failure.result()));
    }

    private static void print(Output output, Answers.DmarcSource source) {
        output.out()
                .printf(
                        "%s  %s  %d messages: %d failed, %d passed (DKIM %d, SPF %d), %d quarantined, %d rejected;"
                                + " seen by %d until %s%n",
                        Output.safe(source.domain()),
                        Output.safe(source.source()),
                        source.messages(),
                        source.failed(),
                        source.passed(),
                        source.dkim(),
                        source.spf(),
                        source.quarantined(),
                        source.rejected(),
                        source.reporters(),
                        source.lastSeen());
    }
}
