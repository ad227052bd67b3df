// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.YamlSettings;

/** {@code conf/scanners.yaml}: the programs beside the relay that look at mail. */
public record ScannersSettings(
        @Parameter(description = "ClamAV's clamd, which looks for malware")
        Optional<ClamAvSettings> clamav,

        @Parameter(description = "an ICAP server, which looks for malware (RFC 3507)")
        Optional<IcapSettings> icap) {
    /** Nothing is scanned. */
    public static ScannersSettings none() {
        return new ScannersSettings(Optional.empty(), Optional.empty());
    }

    /**
     * Reads the file's text.
     *
     * @param environment what {@code ${NAME}} in a value stands for
     * @throws org.amrelay.mail.settings.InvalidSettingsException with all mistakes
     */
    public static ScannersSettings read(String text, Map<String, String> environment) {
        return YamlSettings.read(ScannersSettings.class, text, environment);
    }

    /** Whether there is an engine to ask. */
    public boolean areOn() {
        return clamav.filter(ClamAvSettings::isUsed).isPresent()
                || icap.filter(IcapSettings::isUsed).isPresent();
    }

    /**
     * Makes the engines that have a host.
     *
     * @param recovered is told when one works again; returns quickly
     */
    public VirusProtection protection(Clock clock, Runnable recovered) {
        List<VirusProtection.Engine> engines = new ArrayList<>();
        List<Duration> budgets = new ArrayList<>();
        clamav.filter(ClamAvSettings::isUsed).ifPresent(used -> {
            budgets.add(used.budget());
            engines.add(engine(Engines.CLAMAV, Engines.clamAv(used, clock), used.onFailure(), recovered));
        });
        icap.filter(IcapSettings::isUsed).ifPresent(used -> {
            budgets.add(used.budget());
            engines.add(engine(Engines.ICAP, Engines.icap(used, clock), used.onFailure(), recovered));
        });
        return new VirusProtection(
                engines, budgets.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO));
    }

    private static VirusProtection.Engine engine(
            String name, PooledScanner scanner, WithoutScanner without, Runnable recovered) {
        scanner.onRecovery(recovered);
        return new VirusProtection.Engine(name, scanner, without, scanner::close);
    }
}
