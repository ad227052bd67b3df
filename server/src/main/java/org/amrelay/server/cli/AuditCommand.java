// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code amr audit}: is every recipient accounted for. */
@Command(
        name = "audit",
        description = "Recount the ledger; exit code 1 when a recipient is unaccounted for.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (Operations operations = Door.open(home.home())) {
            Answers.AuditResult audit = operations.audit();
            output.print(audit, this::print);
            return audit.unaccounted() == 0 ? 0 : 1;
        }
    }

    private void print(Answers.AuditResult audit) {
        PrintWriter out = output.out();
        out.printf("mails %d, recipients %d%n", audit.mails(), audit.recipients());
        audit.states().forEach((state, count) -> out.printf("  %-12s %d%n", state, count));
        out.printf("in doubt %d%n", audit.inDoubt());
        out.printf("unaccounted %d%n", audit.unaccounted());
        audit.findings().forEach(finding -> out.println("  " + Output.safe(finding)));
    }
}
