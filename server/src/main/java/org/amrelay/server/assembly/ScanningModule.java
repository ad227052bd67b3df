// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.amrelay.filtering.virus.ScannersSettings;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The programs beside the relay that look at mail. */
final class ScanningModule extends AbstractModule {
    private static final Logger LOGGER = LoggerFactory.getLogger(ScanningModule.class);

    private final ScannersSettings settings;

    private ScanningModule(ScannersSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads {@code scanners.yaml}.
     *
     * @throws StartRefused with every mistake and its line
     */
    static ScanningModule of(Home home, Map<String, String> environment) {
        Path file = home.conf().resolve("scanners.yaml");
        try {
            return new ScanningModule(
                    Files.exists(file)
                            ? ScannersSettings.read(Files.readString(file), environment)
                            : ScannersSettings.none());
        } catch (InvalidSettingsException mistakes) {
            throw new StartRefused(file + " " + mistakes.getMessage(), mistakes);
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Mail that waits for a scanner goes on as soon as one works. */
    @Provides
    @Singleton
    VirusProtection protection(RelayStorage storage, Clock clock) {
        return settings.protection(
                clock,
                () -> storage.spool().flush(Spool.MAIN).exceptionally(unwritable -> {
                    LOGGER.warn("mail that waits for a scanner stays for now: {}", unwritable.toString());
                    return 0L;
                }));
    }
}
