// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.tlsreport.ReportIntake;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.amrelay.james.Action;
import org.amrelay.james.MailContent;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Keeps the TLS report in a mail (RFC 8460), for {@code amr tls reports}; other mail goes on.
 *
 * <p>Stands behind a matcher for the address that {@code rua=} names. Reads the first 16 MB. Blocks on the disk.
 */
public final class StoreTlsReport extends RelayMailet<StoreTlsReport.Settings> {
    private static final int MOST_OCTETS = 4 << 20;

    /** The parameters. */
    public record Settings(
            @Parameter(description = "whether the mail with a report goes on as well", defaultsTo = "false")
            boolean passOn) {}

    private final ReportIntake intake;

    /** Called by James. */
    @Inject
    public StoreTlsReport(TlsReportStore store, Clock clock) {
        this.intake = new ReportIntake(store, clock);
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        ReportIntake.Taken taken;
        try (InputStream in = MailContent.of(mail).open()) {
            taken = intake.take(in.readNBytes(MOST_OCTETS));
        }
        return taken.isKept() && !settings.passOn()
                ? new Action.End(RecipientState.DISCARDED, "StoreTlsReport", taken.summary())
                : new Action.Continue(taken.summary());
    }
}
