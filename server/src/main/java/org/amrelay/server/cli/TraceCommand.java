// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amr trace}: the story of a mail. */
@Command(name = "trace", description = "Tell what became of a mail.", mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home;

    @Mixin
    private Output output;

    @Parameters(
            paramLabel = "WHAT",
            description =
                    "name of a mail (as in the log and in the 250 reply), message id, or address of a recipient or sender")
    private String what = "";

    @Option(names = "--limit", description = "at most so many mails, the newest (default: 10)")
    private int limit = 10;

    @Override
    public Integer call() {
        try (Operations operations = Door.open(home.home())) {
            List<Answers.Trace> found = operations.trace(what, limit);
            output.printAll(found, "no mail is known by " + what, trace -> print(output.out(), trace));
            return found.isEmpty() ? 1 : 0;
        }
    }

    static void print(PrintWriter out, Answers.Trace trace) {
        out.printf(
                "mail %s from %s%s, %d bytes, from %s by %s%n",
                trace.mail(),
                Output.safe(trace.sender()),
                trace.account().isEmpty() ? "" : " (account " + Output.safe(trace.account()) + ")",
                trace.size(),
                trace.from(),
                trace.protocol().isEmpty() ? "itself" : trace.protocol());
        trace.events()
                .forEach(event -> out.printf("  %s  %-12s %s%n", event.at(), event.kind(), Output.safe(event.text())));
        for (Answers.Recipient row : trace.recipients()) {
            out.printf("  %s is %s since %s", Output.safe(row.address()), row.state(), row.changedAt());
            out.print(row.by().isEmpty() ? "" : ", by " + Output.safe(row.by()));
            out.print(row.peer().isEmpty() ? "" : ", at " + Output.safe(row.peer()));
            out.print(row.tls().isEmpty() ? "" : " over " + row.tls());
            out.print(row.inDoubt() ? ", in doubt" : "");
            out.println(row.lastReply().isEmpty() ? "" : ": " + Output.safe(row.lastReply()));
        }
    }
}
