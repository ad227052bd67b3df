// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.amrelay.server.admin.DkimAnswers;
import org.amrelay.server.admin.Operations;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr dkim}: the keys that sign. */
@Command(name = "dkim", description = "Keys that sign the mail of a domain.", mixinStandardHelpOptions = true)
final class DkimCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: generate, list, rotate, dns or remove");
    }

    /** Which keys to make. */
    static final class Algorithms {
        @Option(names = "--rsa", description = "an RSA key with 2048 bits only")
        private boolean rsa;

        @Option(names = "--ed25519", description = "an Ed25519 key only")
        private boolean ed25519;

        @Option(names = "--both", description = "one of each; this is the default")
        private boolean both;

        private String word() {
            return rsa ? "rsa" : ed25519 ? "ed25519" : "both";
        }
    }

    @Command(
            name = "generate",
            description = "Make keys for a domain; the first ones sign at once, others when they are published.",
            mixinStandardHelpOptions = true)
    int generate(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(
                            names = "--selector",
                            paramLabel = "NAME",
                            description = "name of the key; with both, how the names begin")
                    String selector,
            @ArgGroup Algorithms algorithms) {
        try (Operations operations = Door.open(home.home())) {
            List<DkimAnswers.Key> made = operations
                    .dkim()
                    .generate(domain, Optional.ofNullable(selector), algorithms == null ? "both" : algorithms.word());
            output.printAll(made, "", key -> print(output, key));
            return 0;
        }
    }

    @Command(name = "list", description = "List the keys of a domain, or all.", mixinStandardHelpOptions = true)
    int list(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(paramLabel = "DOMAIN", arity = "0..1", defaultValue = "") String domain) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(
                    operations.dkim().list(domain),
                    "no keys yet: amr dkim generate " + (domain.isEmpty() ? "example.org" : domain),
                    key -> print(output, key));
            return 0;
        }
    }

    @Command(
            name = "rotate",
            description = "Make successors of the keys that sign; they take over a day after the DNS shows them.",
            mixinStandardHelpOptions = true)
    int rotate(@Mixin HomeOption home, @Mixin Output output, @Parameters(paramLabel = "DOMAIN") String domain) {
        try (Operations operations = Door.open(home.home())) {
            output.printAll(operations.dkim().rotate(domain), "", key -> print(output, key));
            return 0;
        }
    }

    @Command(
            name = "remove",
            description = "Delete a key at once, whatever its state.",
            mixinStandardHelpOptions = true)
    int remove(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "DOMAIN", index = "0") String domain,
            @Parameters(paramLabel = "SELECTOR", index = "1") String selector) {
        try (Operations operations = Door.open(home.home())) {
            boolean removed = operations.dkim().remove(domain, selector);
            spec.commandLine().getOut().println(selector + (removed ? " removed" : " is not there"));
            spec.commandLine().getOut().flush();
            return removed ? 0 : 1;
        }
    }

    @Command(
            name = "dns",
            description = "Print the records to publish, and check those that are published against the private keys.",
            mixinStandardHelpOptions = true)
    int dns(
            @Mixin HomeOption home,
            @Mixin Output output,
            @Parameters(paramLabel = "DOMAIN") String domain,
            @Option(
                            names = "--dns",
                            paramLabel = "ZONEFILE",
                            description = "look into this zone file, not into the DNS")
                    Path zone)
            throws IOException {
        Optional<String> text =
                zone == null ? Optional.empty() : Optional.of(Files.readString(zone, StandardCharsets.UTF_8));
        try (Operations operations = Door.open(home.home())) {
            List<DkimAnswers.Published> all = operations.dkim().dns(domain, text);
            output.printAll(
                    all, "no keys yet: amr dkim generate " + Output.safe(domain), found -> print(output, found));
            return !all.isEmpty()
                            && all.stream().allMatch(each -> each.finding().equals("published"))
                    ? 0
                    : 1;
        }
    }

    private static void print(Output output, DkimAnswers.Key key) {
        String published = key.publishedSince().isEmpty() ? "" : "  published since " + key.publishedSince();
        output.out()
                .printf(
                        "%s._domainkey.%s  %s  %s since %s%s%n",
                        key.selector(), key.domain(), key.algorithm(), key.state(), key.since(), published);
    }

    private static void print(Output output, DkimAnswers.Published found) {
        output.out().println(found.record());
        output.out()
                .printf(
                        "; %s (%s): %s%s%n",
                        found.finding(),
                        found.key().state(),
                        found.name(),
                        found.advice().isEmpty() ? "" : ": " + Output.safe(found.advice()));
    }
}
