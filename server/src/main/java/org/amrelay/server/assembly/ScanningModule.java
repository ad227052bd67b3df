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
import org.amrelay.mailets.VirusScan;
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
            // A home of before there was the file still hears AMR_CLAMAV
            String text = Files.exists(file) ? Files.readString(file) : "clamav:\n  hosts: ${AMR_CLAMAV:}\n";
            ScannersSettings settings = ScannersSettings.read(text, environment);
            requireMailet(home, settings);
            return new ScanningModule(settings);
        } catch (InvalidSettingsException mistakes) {
            throw new StartRefused(file + " " + mistakes.getMessage(), mistakes);
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** A configuration of before there was virus scanning would scan nothing, and nobody would notice. */
    private static void requireMailet(Home home, ScannersSettings settings) throws IOException {
        Path processors = home.conf().resolve("mailetcontainer.xml");
        if (settings.areOn()
                && Files.exists(processors)
                && !Files.readString(processors).contains(VirusScan.class.getName())) {
            throw new StartRefused(
                    "a virus scanner is configured, but " + processors + " has no mailet " + VirusScan.class.getName()
                            + ": nothing would be scanned; docs/guide/scanners.md says what to add");
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
