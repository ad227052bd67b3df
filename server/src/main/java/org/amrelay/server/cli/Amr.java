// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.torture.TortureCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code amr}: all others hang below it. */
@Command(
        name = "amr",
        description = "Active Mail Relay: takes mail, decides about it, delivers it, accounts for it.",
        mixinStandardHelpOptions = true,
        version = "Active Mail Relay " + Home.VERSION,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the answer is no, or it failed", "2:wrong usage or configuration"},
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            StopCommand.class,
            DomainCommand.class,
            AccountCommand.class,
            IdentityCommand.class,
            BanCommand.class,
            DkimCommand.class,
            DmarcCommand.class,
            QueueCommand.class,
            TraceCommand.class,
            ExplainCommand.class,
            TlsCommand.class,
            AuditCommand.class,
            SuppressCommand.class,
            QuarantineCommand.class,
            BounceCommand.class,
            SensitiveCommand.class,
            SpamCommand.class,
            TortureCommand.class,
            GenerateCompletion.class
        })
public final class Amr implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = CommandLine.ScopeType.INHERIT,
            description = "with an error, show where in the program it came from")
    private boolean verbose;

    private Amr() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logging.quiet();
        System.exit(commandLine().execute(arguments));
    }

    /** The command line; tests give it other writers. */
    public static CommandLine commandLine() {
        Amr amr = new Amr();
        CommandLine line = new CommandLine(amr);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> amr.failed(thrown, command));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private int failed(Exception thrown, CommandLine command) {
        PrintWriter err = command.getErr();
        if (verbose) {
            thrown.printStackTrace(err);
        }
        boolean wrongInput = thrown instanceof IllegalArgumentException;
        Optional<String> refusal = StartRefused.among(thrown).map(refused -> String.valueOf(refused.getMessage()));
        err.println("amr: " + oneLine(refusal.orElseGet(() -> Failures.explain(thrown))));
        return wrongInput || refusal.isPresent() ? 2 : 1;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do; 'amr --help' lists it");
    }
}
