// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.filtering.virus.VirusProtection.Outcome;
import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.VirusVerdict;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.ProcessorName;
import org.apache.mailet.Mail;

/**
 * Sends mail with malware to another processor; has it scanned when the hook ScanForViruses has not.
 *
 * <p>While no scanner answers the mail waits in the queue, unless {@code scanners.yaml} says to go on without.
 */
public final class VirusScan extends RelayMailet<VirusScan.Settings> {
    /** How long a thread waits for one scan; the scan goes on meanwhile, and its result is remembered. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration DOWN = Duration.ofMinutes(5);
    /** The parameters. */
    public record Settings(
            @Parameter(description = "processor for mail with malware", defaultsTo = "virus")
            ProcessorName infectedTo,

            @Parameter(
                    description = "processor for mail that cannot be scanned; without one it goes on",
                    example = "quarantine")
            Optional<ProcessorName> unscannableTo) {}

    private final VirusProtection protection;

    @Inject
    public VirusScan(VirusProtection protection) {
        this.protection = protection;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException {
        Optional<VirusVerdict> known = VirusVerdict.of(mail);
        if (known.isPresent()) {
            return follow(known.get(), settings);
        }
        Optional<Outcome> outcome =
                protection.scanWithin(PATIENCE, bytesOf(mail)).join();
        if (outcome.isEmpty()) {
            return new Action.Continue("no virus scanner is configured");
        }
        Optional<Action> obstacle = obstacle(outcome.get());
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        VirusVerdict verdict = VirusVerdict.of(outcome.get());
        verdict.attach(mail);
        return follow(verdict, settings);
    }

    private static Optional<Action> obstacle(Outcome outcome) {
        if (outcome.result() instanceof ScanResult.Troubled troubled) {
            return Optional.of(new Action.TryLater(troubled.cause()));
        }
        if (outcome.mustWait() && outcome.result() instanceof ScanResult.Unavailable missing) {
            String reason = "waits for " + outcome.engine() + ": " + missing.cause();
            return Optional.of(new Action.Await(reason, missing.busy() ? BUSY : DOWN));
        }
        return Optional.empty();
    }

    private static Action follow(VirusVerdict verdict, Settings settings) {
        Optional<ProcessorName> to = switch (verdict.kind()) {
            case INFECTED -> Optional.of(settings.infectedTo());
            case UNSCANNABLE -> settings.unscannableTo();
            case CLEAN, SKIPPED -> Optional.empty();
        };
        return to.<Action>map(processor -> new Action.GoTo(processor, verdict.toString()))
                .orElseGet(() -> new Action.Continue(verdict.toString()));
    }
}
