// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.Optional;
import javax.inject.Inject;
import org.amrelay.authentication.report.Disposition;
import org.amrelay.authentication.report.Observation;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.james.Action;
import org.amrelay.james.DmarcObservations;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Counts the mail for the aggregate report that its author's domain asks for (RFC 9990), together with what became of it.
 *
 * <p>Stands where that is known: with {@code none} where mail goes to delivery, with {@code quarantine} and {@code reject}
 * where DMARC sends it. Counts a mail once and does not block. Mail that was not evaluated is not counted.
 */
public final class RecordForDmarcReport extends RelayMailet<RecordForDmarcReport.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(description = "what became of the mail as far as DMARC is concerned", defaultsTo = "none")
            Disposition disposition) {}

    private final VerdictLog log;

    /** Called by James. */
    @Inject
    public RecordForDmarcReport(VerdictLog log) {
        this.log = log;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) {
        Optional<Observation> observation = DmarcObservations.of(mail);
        observation.ifPresent(seen -> log.record(seen, settings.disposition()));
        DmarcObservations.detach(mail);
        return new Action.Continue(
                observation.map(seen -> "counted for " + seen.domain()).orElse("nothing to report"));
    }
}
