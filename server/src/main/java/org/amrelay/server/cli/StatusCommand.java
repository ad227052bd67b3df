// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code amr status}: is it running, what waits. Exit code 1 when no relay runs. */
@Command(
        name = "status",
        description = "Say whether the relay runs and what waits; exit code 1 when it does not run.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (Operations operations = Door.open(home.home())) {
            Answers.Status status = operations.status();
            output.print(status, this::print);
            return status.running() ? 0 : 1;
        }
    }

    private void print(Answers.Status status) {
        PrintWriter out = output.out();
        out.println(
                status.running()
                        ? status.hostname() + " runs since " + status.startedAt() + " as process " + status.pid()
                                + (status.ready() ? "" : ", not ready")
                        : status.hostname() + " does not run");
        status.listening().forEach((name, address) -> out.printf("  %-12s %s%n", name, address));
        out.printf("  %-12s %d to process, %d to deliver%n", "waiting", status.spooled(), status.queued());
        status.lanes()
                .forEach(lane ->
                        out.printf("    %s: %d, next at %s%n", lane.nextHop(), lane.waiting(), lane.nextDueAt()));
        out.printf("  %-12s %d domains, %d accounts%n", "serves", status.domains(), status.accounts());
    }
}
