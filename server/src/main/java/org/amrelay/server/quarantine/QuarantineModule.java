// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.filtering.quarantine.SpamFeedback;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SettingsReader;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.storage.RelayStorage;

/** What the quarantine needs in a relay; a scorer that learns at once binds its own {@link SpamFeedback}. */
public final class QuarantineModule extends AbstractModule {
    private final Home home;
    private final Map<String, String> environment;

    public QuarantineModule(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    @Override
    protected void configure() {
        bind(QuarantineUpkeep.class).in(Scopes.SINGLETON);
        OptionalBinder.newOptionalBinder(binder(), SpamFeedback.class)
                .setDefault()
                .toInstance(new SpamSamples(home));
    }

    @Provides
    @Singleton
    AllowedSenders allowed(RelayStorage storage) {
        return storage.quarantine().allowed();
    }

    @Provides
    @Singleton
    QuarantineDesk desk(RelaySettings settings, RelayStorage storage, SpamFeedback feedback, Clock clock) {
        return QuarantineDesk.of(home, settings, environment, storage, feedback, clock);
    }

    /** A duration as people write it. */
    public record Retention(
            @Parameter(description = "how long mail is kept", defaultsTo = "30d")
            Duration retention) {}

    static Duration retention(RelaySettings settings) {
        String text = settings.value("AMR_QUARANTINE_RETENTION");
        try {
            return new SettingsReader(Map.of())
                    .read(Retention.class, Map.of("retention", text))
                    .retention();
        } catch (InvalidSettingsException wrong) {
            throw new StartRefused("quarantine.retention in relay.yaml: " + wrong.getMessage(), wrong);
        }
    }
}
