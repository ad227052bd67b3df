// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.amrelay.filtering.quarantine.SpamFeedback;
import org.amrelay.filtering.spam.RuleScorer;
import org.amrelay.filtering.spam.SpamLessons;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.SpamTeacher;
import org.amrelay.filtering.spam.learning.LearnedTables;
import org.amrelay.filtering.spam.learning.ModelFile;
import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.quarantine.LessonsOfQuarantine;
import org.amrelay.storage.RelayStorage;

/** The tests of {@code spam.yaml}, and the home's model or else the shipped one. */
public final class SpamModule extends AbstractModule {
    /** Where {@code amr spam train} puts the model of a home, below its data. */
    public static final String MODEL = "spam.model";

    private final RuleFile rules;
    private final WeightTable model;

    private SpamModule(RuleFile rules, WeightTable model) {
        this.rules = rules;
        this.model = model;
    }

    static SpamModule of(Path conf, Home home) {
        return new SpamModule(rules(conf), model(home));
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
        bind(SpamScorer.class).to(RuleScorer.class);
        bind(SpamLessons.class).to(SpamTeacher.class);
        OptionalBinder.newOptionalBinder(binder(), SpamFeedback.class)
                .setBinding()
                .to(LessonsOfQuarantine.class);
    }

    @Provides
    @Singleton
    LearnedTables learned(RelayStorage storage, Clock clock) {
        return new LearnedTables(storage.learnedSpam(), clock);
    }

    @Provides
    @Singleton
    RuleScorer scorer(LearnedTables learned) {
        return new RuleScorer(rules, model, learned);
    }

    @Provides
    @Singleton
    SpamTeacher teacher(RuleScorer scorer, LearnedTables learned, Clock clock) {
        return new SpamTeacher(scorer, learned, clock);
    }
}
