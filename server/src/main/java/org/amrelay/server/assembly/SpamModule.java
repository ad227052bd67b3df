// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.amrelay.filtering.spam.RuleScorer;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.learning.ModelFile;
import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;

/** The tests of {@code spam.yaml}, and the home's model or else the shipped one. */
public final class SpamModule extends AbstractModule {
    /** Where {@code amr spam train} puts the model of a home, below its data. */
    public static final String MODEL = "spam.model";

    private final SpamScorer scorer;

    private SpamModule(SpamScorer scorer) {
        this.scorer = scorer;
    }

    static SpamModule of(Path conf, Home home) {
        return new SpamModule(scorer(conf, home));
    }

    /**
     * Reads rules and model.
     *
     * @throws StartRefused with the place of a mistake
     */
    public static SpamScorer scorer(Path conf, Home home) {
        return new RuleScorer(rules(conf), model(home));
    }

    /** The tests; the shipped ones for a home of before there were any. */
    public static RuleFile rules(Path conf) {
        Path file = conf.resolve("spam.yaml");
        try {
            return Files.exists(file) ? RuleFile.parse(Files.readString(file), file.toString()) : RuleFile.shipped();
        } catch (RuleFile.Mistake mistake) {
            throw new StartRefused(String.valueOf(mistake.getMessage()), mistake);
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The model of a home, else the shipped one. */
    public static WeightTable model(Home home) {
        Path file = home.data().resolve(MODEL);
        if (!Files.exists(file)) {
            return WeightTable.shipped();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ModelFile.read(in);
        } catch (IOException broken) {
            throw new StartRefused(file + " cannot be used: " + broken.getMessage(), broken);
        }
    }

    @Override
    protected void configure() {
        bind(SpamScorer.class).toInstance(scorer);
    }
}
