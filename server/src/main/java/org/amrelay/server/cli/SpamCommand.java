// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.filtering.spam.SpamScore;
import org.amrelay.filtering.spam.evaluation.Corpus;
import org.amrelay.filtering.spam.evaluation.Evaluation;
import org.amrelay.filtering.spam.evaluation.Example;
import org.amrelay.filtering.spam.learning.ModelFile;
import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.server.admin.Json;
import org.amrelay.server.assembly.SpamModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amr spam}: points of messages, and learning. Needs no running relay. */
@Command(
        name = "spam",
        description = "Points of messages, and learning from folders of them.",
        mixinStandardHelpOptions = true)
final class SpamCommand implements Runnable {
    private static final int PROGRESS = 1_000;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: score, train or evaluate");
    }

    /** An answer of {@code score --json}. */
    record Scored(String file, double score, double required, boolean spam, List<Hit> tests) {}

    @Command(
            name = "score",
            description = "Say how many points a message has, and for what.",
            mixinStandardHelpOptions = true)
    int score(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "messages as they came; - reads one from the standard input")
                    List<String> files,
            @Option(names = "--json", description = "one JSON object a line") boolean json,
            @Mixin HomeOption home)
            throws IOException {
        var scorer = SpamModule.scorer(home.home().conf(), home.home());
        PrintWriter out = spec.commandLine().getOut();
        for (String file : files) {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            SpamScore score =
                    scorer.score(MessageView.of(MessageContent.of(bytes), Specimen.limits()), KnownOrigin.unknown());
            if (json) {
                Scored answer = new Scored(file, score.score(), score.required(), score.isSpam(), score.hits());
                out.println(new String(new Json().bytes(answer), StandardCharsets.UTF_8));
            } else {
                out.printf(
                        Locale.ROOT,
                        "%s: %.2f of %.2f, %s%n",
                        file,
                        score.score(),
                        score.required(),
                        score.isSpam() ? "spam" : "no spam");
                score.hits()
                        .forEach(hit -> out.printf(
                                Locale.ROOT, "  %6.2f  %s  %s%n", hit.weight(), hit.name(), Output.safe(hit.reason())));
            }
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "train",
            description =
                    "Learn from folders of wanted mail and of spam; the relay uses the model after its next start.",
            mixinStandardHelpOptions = true)
    int train(
            @Mixin CorpusOption corpus,
            @Option(
                            names = "--model",
                            paramLabel = "FILE",
                            description = "where the model goes (default: the home's data)")
                    Optional<Path> model,
            @Mixin HomeOption home)
            throws IOException {
        List<Example> examples = read(corpus, SpamModule.rules(home.home().conf()));
        WeightTable table = Evaluation.taught(examples, 1);
        Path to = model.orElseGet(() -> home.home().data().resolve(SpamModule.MODEL))
                .toAbsolutePath();
        if (!Files.isDirectory(to.resolveSibling(""))) {
            throw new ParameterException(spec.commandLine(), "there is no directory for " + to);
        }
        Path made = to.resolveSibling(to.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(made)) {
            ModelFile.write(table, out);
        }
        Files.move(made, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        spec.commandLine()
                .getOut()
                .printf("learned %d wanted messages and %d of spam: %s%n", table.ham(), table.spam(), to);
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "evaluate",
            description = "Say how well spam is told from wanted mail.",
            mixinStandardHelpOptions = true)
    int evaluate(
            @Mixin CorpusOption corpus,
            @Option(
                            names = "--folds",
                            paramLabel = "K",
                            defaultValue = "0",
                            description = "learn from the others of K parts; 0 judges the model as it is")
                    int folds,
            @Option(names = "--model", paramLabel = "FILE", description = "instead of the home's or the shipped one")
                    Optional<Path> model,
            @Option(names = "--json", description = "one JSON object") boolean json,
            @Mixin HomeOption home)
            throws IOException {
        if (folds == 1 || folds < 0) {
            throw new ParameterException(spec.commandLine(), "--folds is 0, or 2 and more");
        }
        RuleFile rules = SpamModule.rules(home.home().conf());
        List<Example> examples = read(corpus, rules);
        Evaluation result = folds > 0
                ? Evaluation.crossValidated(examples, folds, rules.required())
                : Evaluation.by(
                        model.isPresent() ? read(model.get()) : SpamModule.model(home.home()),
                        examples,
                        rules.required());
        print(result, json);
        return 0;
    }

    private void print(Evaluation result, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(new Json().bytes(result), StandardCharsets.UTF_8));
        } else {
            out.printf(Locale.ROOT, "%d wanted messages, %d of spam%n", result.ham(), result.spam());
            out.printf(Locale.ROOT, "area under the ROC curve                %.4f%n", result.auc());
            out.printf(
                    Locale.ROOT,
                    "spam found at 0.1 %% of false positives  %.1f %%%n",
                    100 * result.recallAtThousandth());
            out.printf(
                    Locale.ROOT,
                    "spam found at 1 %% of false positives    %.1f %%%n",
                    100 * result.recallAtHundredth());
            out.printf(
                    Locale.ROOT,
                    "at %.1f points: %d spam found, %d wanted messages taken for spam%n",
                    result.required(),
                    result.found(),
                    result.falsePositives());
        }
        out.flush();
    }

    private static WeightTable read(Path model) throws IOException {
        try (InputStream in = Files.newInputStream(model)) {
            return ModelFile.read(in);
        }
    }

    private List<Example> read(CorpusOption corpus, RuleFile rules) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path folder : List.of(corpus.ham(), corpus.spam())) {
            if (!Files.isDirectory(folder)) {
                throw new ParameterException(spec.commandLine(), folder + " is no folder");
            }
            Corpus.read(folder, (name, bytes) -> {
                examples.add(Example.of(name, folder.equals(corpus.spam()), bytes, rules));
                if (examples.size() % PROGRESS == 0) {
                    spec.commandLine().getErr().printf("%d messages read%n", examples.size());
                    spec.commandLine().getErr().flush();
                }
            });
        }
        return examples;
    }
}
