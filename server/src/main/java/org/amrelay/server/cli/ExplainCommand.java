// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.amrelay.server.admin.Json;
import org.amrelay.server.explain.Batch;
import org.amrelay.server.explain.ExplainCase;
import org.amrelay.server.explain.Explainer;
import org.amrelay.server.explain.ExplainerFactory;
import org.amrelay.server.explain.Explanation;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amr explain}: what would be done with a message, and why. */
@Command(
        name = "explain",
        description = {
            "Say what the relay would do with a message, and why. Opens no socket, writes nothing.",
            "Lines of FILE may end with LF or CRLF. Without a home, the shipped configuration is asked, and every domain"
                    + " and account counts as ours. docs/guide/explain.md describes the answer."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "the message; without it only the envelope is judged")
    private Optional<String> file = Optional.empty();

    @Option(names = "--from", paramLabel = "A", description = "envelope sender, <> or empty for none")
    private String from = "";

    @Option(names = "--rcpt", arity = "1..*", paramLabel = "B", description = "recipients (default: the postmaster)")
    private List<String> recipients = new ArrayList<>();

    @Option(names = "--ip", description = "address of the client")
    private Optional<String> ip = Optional.empty();

    @Option(names = "--helo", paramLabel = "H", description = "what the client calls itself")
    private Optional<String> helo = Optional.empty();

    @Option(names = "--auth", paramLabel = "USER", description = "account that submits it (default: nobody)")
    private Optional<String> auth = Optional.empty();

    @Option(
            names = "--dns",
            paramLabel = "ZONEFILE",
            description = "what the DNS says: a master file (RFC 1035), with comments '; SERVFAIL name' and"
                    + " '; TIMEOUT name' for names that do not answer (default: nothing answers)")
    private Optional<String> dns = Optional.empty();

    @Option(names = "--at", paramLabel = "INSTANT", description = "as of then, as 2026-01-31T12:00:00Z (default: now)")
    private Optional<String> at = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "CASES",
            description =
                    "a JSON object a line with id, file, from, rcpt, ip, helo, auth, dns, at; a JSON answer a line."
                            + " Names of files are relative to that of the cases; - is the standard input")
    private Optional<Path> batch = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "the relay's directory (default: ./relay-home if it is there)")
    private Optional<Path> directory = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (batch.isPresent()) {
            return explainAll(batch.get());
        }
        takeFileFromRecipients();
        ExplainCase given = new ExplainCase(NullNode.getInstance(), file, from, recipients, ip, helo, auth, dns, at);
        output.print(new Batch(explainer(), Path.of("")).explain(given), this::print);
        return 0;
    }

    /** {@code --rcpt B FILE} reads as two recipients, of which the last is a file and no address. */
    private void takeFileFromRecipients() {
        int last = recipients.size() - 1;
        if (file.isEmpty() && last > 0 && recipients.get(last).indexOf('@') < 0) {
            file = Optional.of(recipients.get(last));
            recipients = recipients.subList(0, last);
        }
    }

    private int explainAll(Path cases) throws IOException {
        boolean standardInput = cases.toString().equals("-");
        if (!standardInput && !Files.isRegularFile(cases)) {
            throw new IllegalArgumentException("there is no file " + cases);
        }
        Path folder = Optional.ofNullable(cases.getParent()).orElse(Path.of(""));
        Batch all = new Batch(explainer(), folder);
        Json json = new Json();
        PrintWriter out = output.out();
        // A reader that puts a mark where a line is not UTF-8, instead of ending there
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                standardInput ? System.in : Files.newInputStream(cases), StandardCharsets.UTF_8))) {
            all.run(lines, answer -> {
                out.println(new String(json.bytes(answer), StandardCharsets.UTF_8));
                out.flush();
            });
        }
        return 0;
    }

    private Explainer explainer() {
        ExplainerFactory factory = new ExplainerFactory(System.getenv(), Clock.systemUTC());
        Home home = new Home(directory.orElse(Path.of(Home.DEFAULT_DIRECTORY)));
        if (home.exists()) {
            return factory.of(home);
        }
        if (directory.isPresent()) {
            throw new StartRefused("there is no relay at " + home.directory() + "; 'amr run' makes one");
        }
        return factory.shipped();
    }

    private void print(Explanation answer) {
        new ExplanationText(output.out()).print(answer);
    }
}
