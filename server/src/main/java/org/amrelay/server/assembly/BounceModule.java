// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.james.ReturnPaths;
import org.amrelay.james.SentMail;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.storage.RelayStorage;

/** What bounces need: return paths with a secret of this home, the suppression list, and the ledger to find mail in. */
final class BounceModule extends AbstractModule {
    private final Home home;

    BounceModule(Home home) {
        this.home = home;
    }

    @Provides
    @Singleton
    ReturnPaths returnPaths(RelaySettings settings, Clock clock) {
        if (!Files.exists(home.bounceSecret())) {
            throw new StartRefused(home.bounceSecret() + " is missing; amr run makes a new one");
        }
        return returnPathsOf(home, settings, clock);
    }

    /** Where there is no home yet, return paths get a secret that nobody ever used. */
    static ReturnPaths returnPathsOf(Home home, RelaySettings settings, Clock clock) {
        if (!Files.exists(home.bounceSecret())) {
            return new ReturnPaths(
                    settings.hostname(), List.of(UUID.randomUUID().toString()), clock);
        }
        try {
            List<String> secrets = Files.readAllLines(home.bounceSecret()).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (secrets.isEmpty()) {
                throw new StartRefused(
                        home.bounceSecret() + " holds no secret; delete it, and the next start makes one");
            }
            return new ReturnPaths(settings.hostname(), secrets, clock);
        } catch (IOException unreadable) {
            throw new StartRefused("cannot read " + home.bounceSecret() + ": " + unreadable, unreadable);
        }
    }

    @Provides
    @Singleton
    NoticeTemplates languages(RelaySettings settings) {
        return languagesOf(home, settings);
    }

    static NoticeTemplates languagesOf(Home home, RelaySettings settings) {
        return NoticeFiles.read(home.conf().resolve("notices"), settings.value("AMR_NOTICE_LANGUAGE"));
    }

    @Provides
    @Singleton
    NoticeSettings notices(RelaySettings settings, NoticeTemplates languages) {
        return NoticeSettings.defaults(settings.hostname()).withTemplates(languages);
    }

    @Provides
    @Singleton
    SuppressionStore suppressions(RelayStorage storage) {
        return storage.suppressions();
    }

    @Provides
    @Singleton
    SuppressionLearner learner(SuppressionStore store, RelaySettings settings, Clock clock) {
        return learnerOf(store, settings, clock);
    }

    static SuppressionLearner learnerOf(SuppressionStore store, RelaySettings settings, Clock clock) {
        return new SuppressionLearner(store, clock, Duration.ofDays(settings.count("AMR_SUPPRESSION_DAYS")));
    }

    @Provides
    @Singleton
    SentMail sentMail(RelayStorage storage, Clock clock) {
        return new LedgerSentMail(storage.ledger(), clock);
    }
}
