// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.signing;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.keys.DkimKeys;
import org.amrelay.authentication.keys.KeyRing;
import org.amrelay.authentication.keys.RotationSettings;
import org.amrelay.authentication.keys.SecretBox;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.authentication.keys.StoredKey;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.SecretKeyText;
import org.amrelay.server.home.StartRefused;
import org.amrelay.storage.RelayStorage;

/** The keys that sign, opened from storage with the secret of the home. */
public final class SigningModule extends AbstractModule {
    private final Home home;
    private final Map<String, String> environment;

    public SigningModule(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    @Override
    protected void configure() {
        bind(NativeSignatures.class).in(Scopes.SINGLETON);
        bind(SignatureProvider.class).to(NativeSignatures.class);
        bind(SigningKeys.class).to(KeyRing.class);
        bind(KeyUpkeep.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    SecretBox box(RelaySettings settings) {
        return box(home, settings, environment);
    }

    /**
     * The box with the home's secret.
     *
     * @throws StartRefused when there is none or it is no key
     */
    public static SecretBox box(Home home, RelaySettings settings, Map<String, String> environment) {
        try {
            return SecretBox.of(SecretKeyText.read(home, settings, environment), new SecureRandom());
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(
                    wrong.getMessage() + "; look at " + SecretKeyText.VARIABLE + " and " + settings.secretKey(home),
                    wrong);
        }
    }

    @Provides
    @Singleton
    KeyRing ring(RelayStorage storage, SecretBox box) {
        KeyRing ring = new KeyRing(storage.dkimKeys(), box);
        if (!ring.unopened().isEmpty()) {
            String names = ring.unopened().stream().map(StoredKey::recordName).collect(Collectors.joining(", "));
            throw new StartRefused("the secret key does not open the DKIM keys " + names
                    + "; give back the secret that they were sealed with (" + SecretKeyText.VARIABLE
                    + " or secrets.key-file), or remove them: amr dkim remove DOMAIN SELECTOR");
        }
        return ring;
    }

    @Provides
    @Singleton
    DkimKeys keys(RelayStorage storage, KeyRing ring, SecretBox box, RelaySettings settings, Clock clock) {
        return new DkimKeys(storage.dkimKeys(), ring, box, rotation(settings), clock, new SecureRandom());
    }

    /** The schedule that the settings ask for. */
    public static RotationSettings rotation(RelaySettings settings) {
        RotationSettings usual = RotationSettings.defaults();
        String days = settings.value("AMR_DKIM_ROTATE");
        Optional<Duration> every = days.equals("off")
                ? Optional.empty()
                : Optional.of(Duration.ofDays(Long.parseLong(days.substring(0, days.length() - 1))));
        return new RotationSettings(every, usual.overlap(), usual.keep());
    }
}
