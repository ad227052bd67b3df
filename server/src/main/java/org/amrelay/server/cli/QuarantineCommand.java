// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.QuarantineAnswers;
import org.amrelay.server.admin.QuarantineOperations;
import org.amrelay.server.admin.QuarantineQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr quarantine}: mail that is kept back. */
@Command(
        name = "quarantine",
        description = "Mail that is kept back until somebody decides.",
        mixinStandardHelpOptions = true)
final class QuarantineCommand implements Runnable {
    private static final String NUMBER = "number of a mail, as list shows it";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: list, search, show, preview, release, delete, report or digest");
    }

    /** What orders have in common. */
    static final class Orders {
        @Parameters(arity = "0..*", paramLabel = "NUMBER", description = NUMBER)
        private List<Long> ids = new ArrayList<>();

        @Mixin
        private QuarantineSelection which = new QuarantineSelection();

        @Option(names = "--by", paramLabel = "NAME", description = "who decides, for the ledger (default: you)")
        private String by = System.getProperty("user.name", "operator");

        @Option(
                names = "--yes",
                description = "do it: without this, orders to what was searched only say what they would touch")
        private boolean yes;

        @Option(names = "--all", description = "everything that is kept")
        private boolean all;

        QuarantineQuestion question() {
            QuarantineQuestion asked = which.question(ids);
            return all && asked.saysNothing() ? new QuarantineQuestion(List.of(), Map.of("decided", "false")) : asked;
        }
    }

    @Command(name = "list", description = "List what is kept, the newest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QuarantineSelection which,
            @Option(names = "--limit", defaultValue = "1000", description = "at most so many (default: 1000)")
                    int limit) {
        return print(home, output, which.question(List.of()), limit);
    }

    @Command(
            name = "search",
            description = "List what fits the conditions, the newest first.",
            mixinStandardHelpOptions = true)
    int search(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin QuarantineSelection which,
            @Option(names = "--limit", defaultValue = "1000", description = "at most so many (default: 1000)")
                    int limit) {
        if (which.saysNothing()) {
            throw new ParameterException(spec.commandLine(), "say what to search for; list shows everything");
        }
        return print(home, output, which.question(List.of()), limit);
    }

    private static int print(HomeOption home, Output output, QuarantineQuestion question, int limit) {
        List<QuarantineAnswers.Kept> found = new ArrayList<>();
        try (Operations operations = Door.open(home.home())) {
            long before = Long.MAX_VALUE;
            while (found.size() < limit) {
                List<QuarantineAnswers.Kept> page =
                        operations.quarantine().list(question, before, Math.min(limit - found.size(), Operations.MOST));
                if (page.isEmpty()) {
                    break;
                }
                found.addAll(page);
                before = page.get(page.size() - 1).id();
            }
        }
        output.printAll(found, "nothing is in quarantine", new QuarantineText(output.out())::line);
        return 0;
    }

    @Command(name = "show", description = "Show what is known of a mail.", mixinStandardHelpOptions = true)
    int show(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(paramLabel = "NUMBER", description = NUMBER) long id,
            @Option(names = "--raw", paramLabel = "FILE", description = "write the message to this file, as it is")
                    Path raw)
            throws IOException {
        try (Operations operations = Door.open(home.home())) {
            Optional<QuarantineAnswers.Kept> found = operations.quarantine().find(id);
            if (found.isEmpty()) {
                return absent(id);
            }
            if (raw != null) {
                Optional<byte[]> bytes = operations.quarantine().raw(id);
                if (bytes.isEmpty()) {
                    return absent(id);
                }
                Files.write(raw, bytes.get());
            }
            output.print(found.get(), new QuarantineText(output.out())::whole);
            return 0;
        }
    }

    private int absent(long id) {
        spec.commandLine().getErr().println("amr: number " + id + " is not in quarantine, or not any more");
        return 1;
    }

    @Command(
            name = "preview",
            description = "Show a message without running, loading or following anything.",
            mixinStandardHelpOptions = true)
    int preview(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(paramLabel = "NUMBER", description = NUMBER) long id,
            @Option(names = "--html", description = "print its HTML, sanitised") boolean html) {
        try (Operations operations = Door.open(home.home())) {
            Optional<QuarantineAnswers.Preview> seen = operations.quarantine().preview(id);
            if (seen.isEmpty()) {
                return absent(id);
            }
            output.print(seen.get(), all -> {
                if (html) {
                    all.html().lines().forEach(line -> output.out().println(Output.safe(line)));
                } else {
                    new QuarantineText(output.out()).preview(all);
                }
            });
            return 0;
        }
    }

    @Command(name = "release", description = "Let mail go on where it was taken out.", mixinStandardHelpOptions = true)
    int release(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Orders orders,
            @Option(names = "--to", split = ",", paramLabel = "ADDRESS", description = "for these recipients only")
                    List<String> to,
            @Option(names = "--restart", description = "start from the first processor instead") boolean restart,
            @Option(names = "--insist", description = "also what is not releasable, such as malware") boolean insist,
            @Option(names = "--as", paramLabel = "ham|spam", description = "report it before, as report does")
                    Optional<Verdict> as) {
        QuarantineOperations.Order order =
                new QuarantineOperations.Order(to == null ? List.of() : to, restart, insist, orders.by);
        return order(home, output, orders, "released", operations -> {
            as.ifPresent(verdict -> operations.report(orders.question(), verdict.word(), orders.by));
            return operations.release(orders.question(), order);
        });
    }

    @Command(name = "delete", description = "Throw mail away.", mixinStandardHelpOptions = true)
    int delete(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Orders orders,
            @Option(names = "--to", split = ",", paramLabel = "ADDRESS", description = "for these recipients only")
                    List<String> to,
            @Option(names = "--as", paramLabel = "ham|spam", description = "report it before, as report does")
                    Optional<Verdict> as) {
        QuarantineOperations.Order order =
                new QuarantineOperations.Order(to == null ? List.of() : to, false, false, orders.by);
        return order(home, output, orders, "deleted", operations -> {
            as.ifPresent(verdict -> operations.report(orders.question(), verdict.word(), orders.by));
            return operations.delete(orders.question(), order);
        });
    }

    /** The words of a report. */
    enum Verdict {
        HAM,
        SPAM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Command(
            name = "report",
            description = "Say that mail is spam, or is not, so that scorers can learn.",
            mixinStandardHelpOptions = true)
    int report(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Orders orders,
            @Option(names = "--as", required = true, paramLabel = "ham|spam", description = "what it is") Verdict as) {
        return order(
                home,
                output,
                orders,
                "reported as " + as.word(),
                operations -> operations.report(orders.question(), as.word(), orders.by));
    }

    private interface Order {
        QuarantineAnswers.Decided carryOut(QuarantineOperations operations);
    }

    private int order(HomeOption home, Output output, Orders orders, String word, Order order) {
        QuarantineQuestion question = orders.question();
        if (question.saysNothing()) {
            throw new ParameterException(spec.commandLine(), "say which: numbers, conditions, or --all");
        }
        try (Operations operations = Door.open(home.home())) {
            if (question.ids().isEmpty() && !orders.yes) {
                QuarantineAnswers.Amount amount = operations.quarantine().amount(question);
                output.print(
                        amount,
                        all -> output.out()
                                .println("this touches " + all.mails() + " mails, " + all.recipients()
                                        + " recipients, " + all.bytes() + " bytes; "
                                        + (all.mails() > 0 ? "nothing is done yet, add --yes" : "nothing fits")));
                return 1;
            }
            QuarantineAnswers.Decided done = order.carryOut(operations.quarantine());
            output.print(done, all -> output.out().println(QuarantineText.words(word, all)));
            return done.mails() > 0 || (done.before() > 0 && done.refused() == 0) ? 0 : 1;
        }
    }

    @Command(
            name = "digest",
            description = "Tell recipients now what is new for them, whatever the time.",
            mixinStandardHelpOptions = true)
    int digest(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(arity = "0..1", paramLabel = "ADDRESS", defaultValue = "", description = "only this recipient")
                    String recipient) {
        try (Operations operations = Door.open(home.home())) {
            QuarantineAnswers.Digests sent = operations.quarantine().digest(recipient);
            output.print(sent, all -> output.out().println(all.sent() + " digests sent"));
            return sent.sent() > 0 ? 0 : 1;
        }
    }
}
