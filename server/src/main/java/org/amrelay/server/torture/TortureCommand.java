// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code amr torture}: proves on this machine that a 250 survives. */
@Command(
        name = "torture",
        description = "Kill a loaded relay at random instants and prove that nothing it acknowledged is lost.",
        mixinStandardHelpOptions = true)
public final class TortureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", description = "how often to kill it (default: ${DEFAULT-VALUE})")
    private int rounds = 20;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "repeats the random choices of another run")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--clients", paramLabel = "N", description = "that send at once (default: ${DEFAULT-VALUE})")
    private int clients = 8;

    @Option(
            names = "--fault",
            paramLabel = "KIND",
            description = "also let the disk fail in each round: disk-full (needs root), io-error")
    private String fault = "none";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "an empty directory, kept (default: one that is removed)")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--json", description = "print the result as JSON; progress goes to standard error")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1 || clients < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds and --clients must be 1 or more");
        }
        if (home.isPresent() && Files.exists(home.get()) && !isEmpty(home.get())) {
            throw new ParameterException(spec.commandLine(), home.get() + " is not empty");
        }
        Path directory = home.isPresent() ? home.get() : Files.createTempDirectory("amr-torture-");
        PrintWriter progress = spec.commandLine().getErr();
        TortureSettings settings = new TortureSettings(
                rounds, seed.orElseGet(() -> System.nanoTime() & 0xffff_ffffL), clients, directory, kind());
        TortureReport report = new Torture(settings, Clock.systemUTC(), line -> {
                    progress.println(line);
                    progress.flush();
                })
                .run();
        print(report);
        if (home.isEmpty() && report.passed()) {
            remove(directory);
        } else {
            progress.println("home: " + directory);
        }
        progress.flush();
        return report.passed() ? 0 : 1;
    }

    private TortureSettings.Fault kind() {
        return switch (fault) {
            case "none" -> TortureSettings.Fault.NONE;
            case "disk-full" -> TortureSettings.Fault.DISK_FULL;
            case "io-error" -> TortureSettings.Fault.IO_ERROR;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--fault is '" + fault + "', but must be disk-full or io-error");
        };
    }

    private void print(TortureReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper()
                    .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                    .writeValueAsString(report));
        } else {
            printText(report, out);
        }
        out.flush();
    }

    private static void printText(TortureReport report, PrintWriter out) {
        out.printf(
                "%d rounds in %.0f s, seed %d; the relay was started %d times and killed each time%n",
                report.rounds(), report.seconds(), report.seed(), report.restarts());
        out.printf("accepted    %8d  recipients that a client got 250 for%n", report.accepted());
        out.printf("delivered   %8d%n", report.delivered());
        out.printf("bounced     %8d  each with a notice to its sender%n", report.bounced());
        out.printf("queued      %8d%n", report.queued());
        out.printf("lost        %8d%n", report.lost());
        out.printf("duplicated  %8d  of which in doubt %d%n", report.duplicated(), report.duplicatedInDoubt());
        out.printf(
                "in doubt    %8d  at a kill %d, by the destination %d, at the client %d (%d of them taken)%n",
                report.inDoubt(),
                report.inDoubtAtKill(),
                report.inDoubtAtPeer(),
                report.inDoubtAtClient(),
                report.inDoubtTaken());
        out.printf("unaccounted %8d%n", report.unaccounted());
        out.printf("damaged     %8d%n", report.damaged());
        out.printf("refused     %8d  mails that the relay did not take%n", report.refusedInTrouble());
        report.findings().forEach(finding -> out.println("! " + finding));
        out.println(report.passed() ? "passed" : "FAILED");
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
