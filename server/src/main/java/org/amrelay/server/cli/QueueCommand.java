// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final String YES = "do it: without this, orders to what was searched only say what they would touch";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: list, show, retry, hold, release, cancel or undo");
    }

    @Command(name = "list", description = "List what waits, oldest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QueueSelection which,
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
            output.printAll(found, "nothing waits", new QueueText(output.out())::line);
            return 0;
        }
    }

    @Command(
            name = "show",
            description =
                    "Show one delivery, the deliveries of a mail, or how a site stands: why it is slow, what is next.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(
                            paramLabel = "ID|MAIL|SITE|DOMAIN",
                            description =
                                    "number of a delivery, name of a mail, name of a site (amr queue sites), or a domain")
                    String what) {
        try (Operations operations = Door.open(home.home())) {
            QueueText text = new QueueText(output.out());
            List<Answers.Queued> found = operations.queue(QueueQuestion.of(what), 0, Operations.MOST);
            if (!found.isEmpty()) {
                output.printAll(found, "", text::delivery);
                return 0;
            }
            List<Answers.Site> sites = operations.sites(what);
            output.printAll(
                    sites,
                    what + " does not wait, and no site has that name; amr trace tells what became of a mail",
                    text::site);
            return sites.isEmpty() ? 1 : 0;
        }
    }

    @Command(
            name = "sites",
            description = "List the sites that a running relay has met, with what slows them.",
            mixinStandardHelpOptions = true)
    int sites(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(operations.sites(""), "no site has been met", new QueueText(output.out())::site);
            return 0;
        }
    }

    @Command(
            name = "undo",
            description = "Take the last order back: within five minutes, for mail that has not gone on.",
            mixinStandardHelpOptions = true)
    int undo(@Mixin HomeOption home, @Mixin Output output) {
        try (Operations operations = Door.open(home.home())) {
            Answers.Undone undone = operations.undo();
            output.print(
                    undone,
                    done -> output.out()
                            .println(
                                    done.order().isEmpty()
                                            ? "no order of the last five minutes can be undone"
                                            : "undone: " + done.order() + " of " + done.restored() + " deliveries"
                                                    + (done.moved() > 0
                                                            ? ", " + done.moved() + " had gone on and stay as they are"
                                                            : "")));
            return undone.restored() > 0 ? 0 : 1;
        }
    }

    @Command(name = "retry", description = "Try at once.", mixinStandardHelpOptions = true)
    int retry(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QueueSelection which,
            @Option(names = "--yes", description = YES) boolean yes) {
        return order(QueueOrder.RETRY, home, output, which, yes);
    }

    @Command(name = "hold", description = "Keep back until released.", mixinStandardHelpOptions = true)
    int hold(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QueueSelection which,
            @Option(names = "--yes", description = YES) boolean yes) {
        return order(QueueOrder.HOLD, home, output, which, yes);
    }

    @Command(name = "release", description = "Let held mail go.", mixinStandardHelpOptions = true)
    int release(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QueueSelection which,
            @Option(names = "--yes", description = YES) boolean yes) {
        return order(QueueOrder.RELEASE, home, output, which, yes);
    }

    @Command(
            name = "cancel",
            description =
                    "Take out of the queue for good: one delivery or mail at once, what was searched in five minutes.",
            mixinStandardHelpOptions = true)
    int cancel(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QueueSelection which,
            @Option(names = "--notify", description = "tell the senders") boolean notify,
            @Option(names = "--yes", description = YES) boolean yes) {
        return order(notify ? QueueOrder.BOUNCE : QueueOrder.CANCEL, home, output, which, yes);
    }

    private int order(QueueOrder order, HomeOption home, Output output, QueueSelection which, boolean yes) {
        if (which.saysNothing()) {
            throw new ParameterException(spec.commandLine(), "say which: an id, a mail, a condition, or --all");
        }
        String word = order == QueueOrder.BOUNCE ? "cancel" : order.name().toLowerCase(Locale.ROOT);
        QueueQuestion question = which.question();
        try (Operations operations = Door.open(home.home())) {
            if (!question.namesOne() && !yes) {
                Answers.Impact impact = operations.impact(question);
                output.print(impact, all -> {
                    new QueueText(output.out()).impact(word, all);
                    output.out().println(all.deliveries() > 0 ? "nothing is done yet; add --yes" : "nothing fits");
                });
                return 1;
            }
            Answers.Ordered ordered = operations.order(order, question);
            output.print(ordered, done -> output.out().println(words(word, done, question.namesOne())));
            return ordered.changed() > 0 ? 0 : 1;
        }
    }

    private static String words(String word, Answers.Ordered done, boolean one) {
        return word + ": " + done.changed() + " deliveries"
                + (done.inAttempt() > 0 ? ", " + done.inAttempt() + " are being tried and left alone" : "")
                + (one || done.changed() == 0
                        ? ""
                        : word.equals("cancel")
                                ? "; gone in five minutes unless 'amr queue undo' comes first"
                                : "; 'amr queue undo' takes it back within five minutes");
    }
}
