// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.bounce.BounceParser;
import org.amrelay.delivery.bounce.BounceResult;
import org.amrelay.delivery.bounce.BouncedRecipient;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.server.admin.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr bounce}: what a bounce says. Needs no relay. */
@Command(name = "bounce", description = "What bounces and complaints say.", mixinStandardHelpOptions = true)
final class BounceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: classify");
    }

    /** One recipient of a line. */
    record Recipient(
            String address,
            String original,
            String action,
            String status,
            String category,
            boolean permanent,
            String diagnostic,
            String mta) {
        static Recipient of(BouncedRecipient recipient) {
            return new Recipient(
                    recipient.address(),
                    recipient.original().orElse(""),
                    recipient.action(),
                    recipient.reason().status().map(Object::toString).orElse(""),
                    recipient.reason().category().word(),
                    recipient.reason().permanent(),
                    recipient.diagnostic(),
                    recipient.remoteMta().orElse(""));
        }
    }

    /**
     * One line: what is first among the recipients stands at the top, too.
     *
     * @param kind bounce, delay, success, complaint, auto-reply, challenge-response or not-a-bounce
     */
    record Line(
            String file,
            String kind,
            String category,
            String status,
            boolean permanent,
            List<Recipient> recipients,
            String diagnostic,
            String feedbackType,
            String sourceIp,
            String reportedDomain,
            String originalMessageId) {
        static Line of(String file, BounceResult result) {
            List<Recipient> recipients =
                    result.recipients().stream().map(Recipient::of).toList();
            if (result instanceof BounceResult.Complaint complaint) {
                return of(file, complaint);
            }
            Optional<Recipient> first = recipients.stream().findFirst();
            return new Line(
                    file,
                    result.kind(),
                    first.map(Recipient::category).orElse(""),
                    first.map(Recipient::status).orElse(""),
                    first.map(Recipient::permanent).orElse(false),
                    recipients,
                    first.map(Recipient::diagnostic).orElse(""),
                    "",
                    "",
                    "",
                    result.original().messageId().orElse(""));
        }

        private static Line of(String file, BounceResult.Complaint complaint) {
            List<Recipient> complainants = complaint.complainants().stream()
                    .map(address -> new Recipient(address, "", "", "", "", false, "", ""))
                    .toList();
            return new Line(
                    file,
                    complaint.kind(),
                    "",
                    "",
                    false,
                    complainants,
                    "",
                    complaint.feedbackType(),
                    complaint.sourceIp().orElse(""),
                    complaint.reportedDomain().orElse(""),
                    complaint.original().messageId().orElse(""));
        }
    }

    @Command(
            name = "classify",
            description = "Say of each message what it reports and why, one JSON object a line.",
            mixinStandardHelpOptions = true)
    int classify(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "messages as they came; - reads one from the" + " standard input")
                    List<String> files,
            @Option(names = "--json", description = "JSON, which it is in any case") boolean json) {
        BounceParser parser = new BounceParser();
        PrintWriter out = spec.commandLine().getOut();
        Json writer = new Json();
        int unread = 0;
        for (String file : files) {
            Object line;
            try {
                line = Line.of(file, parser.read(start(file)));
            } catch (IOException unreadable) {
                line = new Unread(file, Failures.ofFile(file, unreadable));
                unread++;
            }
            out.println(new String(writer.bytes(line), StandardCharsets.UTF_8));
        }
        out.flush();
        return unread == 0 ? 0 : 1;
    }

    /** In the place of a line for a file that could not be read. */
    record Unread(String file, String error) {}

    private static byte[] start(String file) throws IOException {
        if (file.equals("-")) {
            return System.in.readNBytes(ReportMessage.MOST_BYTES);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(ReportMessage.MOST_BYTES);
        }
    }
}
