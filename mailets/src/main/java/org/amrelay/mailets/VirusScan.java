// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.filtering.virus.VirusProtection.Outcome;
import org.amrelay.james.Action;
import org.amrelay.james.MailContent;
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
                protection.scan(MailContent.of(mail)).toCompletableFuture().join();
        if (outcome.isEmpty()) {
            return new Action.Continue("no virus scanner is configured");
        }
        if (outcome.get().result() instanceof ScanResult.Unavailable missing
                && outcome.get().without() != WithoutScanner.ACCEPT) {
            return new Action.Await("waits for " + outcome.get().engine() + ": " + missing.cause());
        }
        VirusVerdict verdict = VirusVerdict.of(outcome.get());
        verdict.attach(mail);
        return follow(verdict, settings);
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
