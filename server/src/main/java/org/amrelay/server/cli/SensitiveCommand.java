// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.amrelay.filtering.attachments.Attachment;
import org.amrelay.filtering.attachments.DeepInspector;
import org.amrelay.filtering.sensitive.SensitiveMatch;
import org.amrelay.filtering.sensitive.SensitiveTypes;
import org.amrelay.filtering.sensitive.custom.ExactTable;
import org.amrelay.filtering.sensitive.custom.Fingerprint;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.server.admin.Json;
import org.amrelay.server.assembly.SensitiveFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr sensitive}: what is found in messages, and types made of tables and documents. Needs no running relay. */
@Command(
        name = "sensitive",
        description = "Sensitive data: what is found in messages, and types of your own.",
        mixinStandardHelpOptions = true)
final class SensitiveCommand implements Runnable {
    private static final int SALT = 16;

    private final SecureRandom random = new SecureRandom();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: find, types, table or document");
    }

    /** An answer of {@code find --json}. */
    record Found(String file, String part, String type, int offset, int length, int confidence, String evidence) {}

    @Command(name = "types", description = "List the types and what they are.", mixinStandardHelpOptions = true)
    int types(@Mixin HomeOption home) {
        PrintWriter out = spec.commandLine().getOut();
        SensitiveFiles.read(home.home().conf(), System.getenv())
                .titles()
                .forEach((name, title) -> out.printf(Locale.ROOT, "%-28s %s%n", name, title));
        out.flush();
        return 0;
    }

    @Command(
            name = "find",
            description = "Say what is found in messages: subject, text and attached files. 1 when nothing is.",
            mixinStandardHelpOptions = true)
    int find(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "messages as they came") List<Path> files,
            @Option(names = "--type", split = ",", paramLabel = "TYPE", description = "only these types")
                    List<String> wanted,
            @Option(names = "--json", description = "one JSON object a line") boolean json,
            @Mixin HomeOption home)
            throws IOException {
        SensitiveTypes finder = SensitiveFiles.read(home.home().conf(), System.getenv());
        Set<String> types = wanted == null ? finder.types() : Set.copyOf(wanted);
        if (!finder.types().containsAll(types)) {
            throw new ParameterException(
                    spec.commandLine(), "not all of " + types + " are types; see 'amr sensitive types'");
        }
        List<Found> found = new ArrayList<>();
        for (Path file : files) {
            look(finder, types, file, found);
        }
        PrintWriter out = spec.commandLine().getOut();
        for (Found each : found) {
            out.println(
                    json
                            ? new String(new Json().bytes(each), StandardCharsets.UTF_8)
                            : String.format(
                                    Locale.ROOT,
                                    "%s: %s at %d in %s, %d: %s",
                                    each.file(),
                                    each.type(),
                                    each.offset(),
                                    Output.safe(each.part()),
                                    each.confidence(),
                                    Output.safe(each.evidence())));
        }
        out.flush();
        return found.isEmpty() ? 1 : 0;
    }

    private static void look(SensitiveTypes finder, Set<String> types, Path file, List<Found> found)
            throws IOException {
        MessageView view = MessageView.of(MessageContent.of(Files.readAllBytes(file)));
        add(finder.find(view.header().subject(), types), file, "subject", found);
        add(finder.find(view.text(), types), file, "text", found);
        for (Attachment each : DeepInspector.usual().inspect(view).attachments()) {
            add(finder.find(each.text(), types), file, each.path(), found);
        }
    }

    private static void add(List<SensitiveMatch> matches, Path file, String part, List<Found> found) {
        matches.forEach(match -> found.add(new Found(
                file.toString(),
                part,
                match.type(),
                match.offset(),
                match.length(),
                match.confidence(),
                match.masked())));
    }

    @Command(
            name = "table",
            description = "Make a type of a file of comma-separated values; only salted hashes are kept.",
            mixinStandardHelpOptions = true)
    int table(
            @Parameters(paramLabel = "CSV", description = "UTF-8, its first line names the columns") Path csv,
            @Option(names = "--name", required = true, paramLabel = "TYPE", description = "small letters and hyphens")
                    String name,
            @Option(
                            names = "--column",
                            required = true,
                            paramLabel = "COLUMN",
                            description = "whose value has to be in a text; others of its row raise the confidence")
                    String column,
            @Mixin HomeOption home)
            throws IOException {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        try (BufferedReader reader = Files.newBufferedReader(csv)) {
            ExactTable table = ExactTable.build(name, reader, column, salt);
            return keep(home, name + SensitiveFiles.TABLE, table::write);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    @Command(
            name = "document",
            description = "Make a type of a document's text; only hashes of its parts are kept.",
            mixinStandardHelpOptions = true)
    int document(
            @Parameters(paramLabel = "FILE", description = "its text, UTF-8") Path file,
            @Option(names = "--name", required = true, paramLabel = "TYPE", description = "small letters and hyphens")
                    String name,
            @Option(
                            names = "--share",
                            defaultValue = "25",
                            paramLabel = "PERCENT",
                            description = "how much of it has to be quoted (default: ${DEFAULT-VALUE})")
                    int share,
            @Mixin HomeOption home)
            throws IOException {
        try {
            Fingerprint print = Fingerprint.of(name, Files.readString(file), share, random.nextLong());
            return keep(home, name + SensitiveFiles.DOCUMENT, print::write);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Whole or not at all, for the owner only: who has it can try out values. */
    private int keep(HomeOption home, String name, Writing writing) throws IOException {
        Path folder = Files.createDirectories(SensitiveFiles.folder(home.home().conf()));
        Path made = Files.createTempFile(folder, "new", "");
        try {
            if (Files.getFileAttributeView(made, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            }
            try (OutputStream out = Files.newOutputStream(made)) {
                writing.to(out);
            }
            Files.move(made, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(folder.resolve(name) + " is made; rules know it after the next start");
        out.flush();
        return 0;
    }
}
