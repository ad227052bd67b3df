// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Json;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.SuppressionOperations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr suppress}: addresses to which nothing is sent. */
@Command(name = "suppress", description = "Addresses to which nothing is sent.", mixinStandardHelpOptions = true)
final class SuppressCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Whose entries. */
    static final class Whose {
        @Option(names = "--account", paramLabel = "ACCOUNT", description = "of this account (default: of all)")
        private Optional<String> account = Optional.empty();

        String account() {
            return account.orElse("");
        }
    }

    /** The forms of a file. */
    enum Format {
        CSV,
        JSONL
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, add, remove, import or export");
    }

    @Command(name = "list", description = "List the entries, oldest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Whose whose,
            @Parameters(arity = "0..1", paramLabel = "TEXT", description = "part of an address") Optional<String> part,
            @Option(names = "--limit", defaultValue = "1000", description = "at most so many (default: 1000)")
                    int limit) {
        List<Answers.Suppressed> found = new ArrayList<>();
        try (Operations operations = Door.open(home.home())) {
            pages(operations.suppressions(), whose.account(), part.orElse(""), limit, found::add);
        }
        output.printAll(
                found,
                "nothing is suppressed",
                entry -> output.out()
                        .printf(
                                "%-32s %-13s for %s since %s%s%s%n",
                                Output.safe(entry.address()),
                                entry.reason(),
                                entry.account().isEmpty() ? "all" : Output.safe(entry.account()),
                                entry.since(),
                                entry.until().isEmpty() ? "" : " until " + entry.until(),
                                entry.source().isEmpty() ? "" : ": " + Output.safe(entry.source())));
        return 0;
    }

    private static void pages(
            SuppressionOperations list, String account, String part, int limit, Consumer<Answers.Suppressed> each) {
        long after = 0;
        for (int left = limit; left > 0; ) {
            List<Answers.Suppressed> page = list.list(account, part, after, Math.min(left, Operations.MOST));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(each);
            left -= page.size();
            after = page.get(page.size() - 1).id();
        }
    }

    @Command(name = "add", description = "Send nothing to an address any more.", mixinStandardHelpOptions = true)
    int add(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Whose whose,
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(
                            names = "--reason",
                            defaultValue = "manual",
                            description = "no-such-user, hard-bounces, complaint or manual (default: manual)")
                    String reason,
            @Option(names = "--source", defaultValue = "operator", description = "who said so (default: operator)")
                    String source,
            @Option(names = "--until", defaultValue = "", description = "when it ends, like 2026-12-31T00:00:00Z")
                    String until) {
        try (Operations operations = Door.open(home.home())) {
            Answers.Suppressed entry = new Answers.Suppressed(0, address, whose.account(), reason, source, "", until);
            Answers.Added added = new Answers.Added(operations.suppressions().add(List.of(entry)));
            output.print(
                    added,
                    count -> output.out()
                            .println(address + (count.added() > 0 ? " added" : " was there already; replaced")));
            return 0;
        }
    }

    @Command(name = "remove", description = "Send to an address again.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Whose whose,
            @Parameters(paramLabel = "ADDRESS") String address) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.suppressions().remove(whose.account(), address);
            output.print(
                    Map.of("removed", removed),
                    answer -> output.out().println(address + (removed ? " removed" : " is not there")));
            return removed ? 0 : 1;
        }
    }

    @Command(
            name = "import",
            description = "Add the entries of a file: CSV or JSON lines, as export writes them.",
            mixinStandardHelpOptions = true)
    int imported(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Mixin Whose whose,
            @Parameters(paramLabel = "FILE", description = "in UTF-8") Path file)
            throws IOException {
        try (Operations operations = Door.open(home.home());
                BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Batch batch = new Batch(operations.suppressions(), whose.account());
            new SuppressionFile().read(lines, batch::add);
            batch.send();
            output.print(
                    Map.of("read", batch.read, "added", batch.added),
                    counts -> output.out().println(batch.read + " read, " + batch.added + " of them new"));
            return 0;
        }
    }

    /** Entries on their way, many at a time. */
    private static final class Batch {
        private final SuppressionOperations list;
        private final String account;
        private final List<Answers.Suppressed> waiting = new ArrayList<>();
        private int read;
        private int added;

        Batch(SuppressionOperations list, String account) {
            this.list = list;
            this.account = account;
        }

        void add(Answers.Suppressed entry) {
            waiting.add(
                    account.isEmpty()
                            ? entry
                            : new Answers.Suppressed(
                                    0,
                                    entry.address(),
                                    account,
                                    entry.reason(),
                                    entry.source(),
                                    entry.since(),
                                    entry.until()));
            read++;
            if (waiting.size() == SuppressionOperations.MOST / 2) {
                send();
            }
        }

        void send() {
            added += waiting.isEmpty() ? 0 : list.add(List.copyOf(waiting));
            waiting.clear();
        }
    }

    @Command(
            name = "export",
            description = "Write all entries to the standard output.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin HomeOption home,
            @Mixin Whose whose,
            @Option(names = "--format", defaultValue = "csv", description = "csv or jsonl (default: csv)")
                    Format format,
            @Option(names = "--json", description = "the same as --format=jsonl") boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        boolean lines = json || format == Format.JSONL;
        Json writer = new Json();
        if (!lines) {
            out.println(SuppressionFile.NAMES);
        }
        try (Operations operations = Door.open(home.home())) {
            pages(
                    operations.suppressions(),
                    whose.account(),
                    "",
                    Integer.MAX_VALUE,
                    entry -> out.println(
                            lines
                                    ? new String(writer.bytes(entry), StandardCharsets.UTF_8)
                                    : SuppressionFile.csv(entry)));
        }
        out.flush();
        return 0;
    }
}
