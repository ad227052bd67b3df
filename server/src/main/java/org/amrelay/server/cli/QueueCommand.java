// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.QueueOrder;
import org.amrelay.server.admin.QueueQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr queue}: what waits for delivery, and orders to it. */
@Command(name = "queue", description = "Mail that waits for delivery.", mixinStandardHelpOptions = true)
final class QueueCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, show, retry, hold, release or cancel");
    }

    /** Which deliveries: one, those of a mail, those that fit, or all. */
    static final class Which {
        @Parameters(arity = "0..1", paramLabel = "ID|MAIL", description = "number of a delivery, or name of a mail")
        private Optional<String> one = Optional.empty();

        @Option(names = "--sender", paramLabel = "TEXT", description = "part of the sender's address")
        private Optional<String> sender = Optional.empty();

        @Option(names = "--recipient", paramLabel = "TEXT", description = "part of a recipient's address")
        private Optional<String> recipient = Optional.empty();

        @Option(names = "--next-hop", paramLabel = "HOP", description = "mx:domain, host:name:port or route:name")
        private Optional<String> nextHop = Optional.empty();

        @Option(
                names = "--held",
                arity = "0..1",
                fallbackValue = "true",
                description = "only held ones, or with =false only others")
        private Optional<Boolean> held = Optional.empty();

        @Option(names = "--all", description = "everything that waits")
        private boolean all;

        boolean saysNothing() {
            return !all
                    && one.isEmpty()
                    && sender.isEmpty()
                    && recipient.isEmpty()
                    && nextHop.isEmpty()
                    && held.isEmpty();
        }

        QueueQuestion question() {
            Optional<QueueQuestion> named = one.map(QueueQuestion::of);
            return new QueueQuestion(
                    named.map(QueueQuestion::delivery).orElse(OptionalLong.empty()),
                    named.flatMap(QueueQuestion::mail),
                    nextHop,
                    sender,
                    recipient,
                    held);
        }
    }

    @Command(name = "list", description = "List what waits, oldest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Which which,
            @Option(names = "--limit", defaultValue = "1000", description = "at most so many (default: 1000)")
                    int limit) {
        try (Operations operations = Door.open(home.home())) {
            List<Answers.Queued> found = new ArrayList<>();
            long after = 0;
            while (found.size() < limit) {
                List<Answers.Queued> page =
                        operations.queue(which.question(), after, Math.min(limit - found.size(), Operations.MOST));
                if (page.isEmpty()) {
                    break;
                }
                found.addAll(page);
                after = page.get(page.size() - 1).id();
            }
            output.printAll(
                    found,
                    "nothing waits",
                    entry -> output.out()
                            .printf(
                                    "%-6d %-24s %s -> %s via %s, %d attempts, %s%n",
                                    entry.id(),
                                    entry.mail(),
                                    Output.safe(entry.sender()),
                                    Output.safe(entry.recipients().stream()
                                            .map(Answers.Recipient::address)
                                            .collect(Collectors.joining(", "))),
                                    entry.nextHop(),
                                    entry.attempts(),
                                    entry.held() ? held(entry) : entry.inAttempt() ? "now" : "next " + entry.dueAt()));
            return 0;
        }
    }

    private static String held(Answers.Queued entry) {
        boolean doubt = entry.recipients().stream().anyMatch(Answers.Recipient::inDoubt);
        return doubt ? "held, in doubt" : "held";
    }

    @Command(name = "show", description = "Show one delivery.", mixinStandardHelpOptions = true)
    int show(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = "ID|MAIL") String what) {
        try (Operations operations = Door.open(home.home())) {
            List<Answers.Queued> found = operations.queue(QueueQuestion.of(what), 0, Operations.MOST);
            output.printAll(found, what + " does not wait; amr trace tells what became of it", this::print);
            return found.isEmpty() ? 1 : 0;
        }
    }

    private void print(Answers.Queued entry) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "delivery %d of mail %s, %d bytes, via %s%n", entry.id(), entry.mail(), entry.size(), entry.nextHop());
        out.printf(
                "  from %s, accepted %s, given up %s%n",
                Output.safe(entry.sender()), entry.acceptedAt(), entry.expiresAt());
        out.printf("  %d attempts, %s%n", entry.attempts(), entry.held() ? "held" : "next at " + entry.dueAt());
        entry.recipients()
                .forEach(row -> out.printf(
                        "  to %s: %s%s%s %s%n",
                        Output.safe(row.address()),
                        row.state(),
                        row.by().isEmpty() ? "" : " by " + Output.safe(row.by()),
                        row.inDoubt() ? " (in doubt)" : "",
                        Output.safe(row.lastReply())));
    }

    @Command(name = "retry", description = "Try at once.", mixinStandardHelpOptions = true)
    int retry(@Mixin HomeOption home, @Mixin Output output, @Mixin Which which) {
        return order(QueueOrder.RETRY, home, output, which);
    }

    @Command(name = "hold", description = "Keep back until released.", mixinStandardHelpOptions = true)
    int hold(@Mixin HomeOption home, @Mixin Output output, @Mixin Which which) {
        return order(QueueOrder.HOLD, home, output, which);
    }

    @Command(name = "release", description = "Let held mail go.", mixinStandardHelpOptions = true)
    int release(@Mixin HomeOption home, @Mixin Output output, @Mixin Which which) {
        return order(QueueOrder.RELEASE, home, output, which);
    }

    @Command(
            name = "cancel",
            description = "Take out of the queue for good; the sender is not told.",
            mixinStandardHelpOptions = true)
    int cancel(@Mixin HomeOption home, @Mixin Output output, @Mixin Which which) {
        return order(QueueOrder.CANCEL, home, output, which);
    }

    private int order(QueueOrder order, HomeOption home, Output output, Which which) {
        if (which.saysNothing()) {
            throw new ParameterException(spec.commandLine(), "say which: an id, a mail, a condition, or --all");
        }
        try (Operations operations = Door.open(home.home())) {
            Answers.Ordered ordered = operations.order(order, which.question());
            output.print(
                    ordered,
                    done -> output.out()
                            .println(order.name().toLowerCase(Locale.ROOT) + ": " + done.changed() + " deliveries"
                                    + (done.inAttempt() > 0
                                            ? ", " + done.inAttempt() + " are being tried and left alone"
                                            : "")));
            return ordered.changed() > 0 ? 0 : 1;
        }
    }
}
