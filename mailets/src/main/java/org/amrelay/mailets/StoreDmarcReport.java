// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.authentication.report.ReceivedReport;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.ReportUnpacker;
import org.amrelay.authentication.report.failure.FailureReportParser;
import org.amrelay.authentication.report.failure.ReceivedFailure;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Keeps the DMARC reports in a mail, aggregate (RFC 9990) and of failures (RFC 9991), for {@code amr dmarc}; other mail goes
 * on.
 *
 * <p>Stands behind a matcher for the address that {@code rua=} and {@code ruf=} name. Blocks on the disk.
 */
public final class StoreDmarcReport extends RelayMailet<StoreDmarcReport.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(description = "whether the mail with a report goes on as well", defaultsTo = "false")
            boolean passOn) {}

    private final ReportStore store;
    private final Clock clock;

    /** Called by James. */
    @Inject
    public StoreDmarcReport(ReportStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        ReportAttachments parts = ReportAttachments.of(mail.getMessage());
        List<Parsed<String>> found = new ArrayList<>();
        parts.files().forEach(file -> found.add(ReportUnpacker.read(file).map(this::keep)));
        parts.feedback()
                .forEach(text -> found.add(
                        FailureReportParser.parse(text, clock.instant()).map(this::keep)));
        String kept = String.join(
                "; ",
                found.stream().map(each -> each.fold(done -> done, why -> why)).toList());
        boolean isReport = found.stream().anyMatch(each -> each instanceof Parsed.Valid);
        return isReport && !settings.passOn()
                ? new Action.End(RecipientState.DISCARDED, "StoreDmarcReport", kept)
                : new Action.Continue(kept.isEmpty() ? "has no report" : kept);
    }

    private String keep(ReceivedFailure failure) {
        store.receive(failure, clock.instant());
        return "report of a failure in the name of " + failure.domain() + " is kept";
    }

    private String keep(ReceivedReport report) {
        String name = "report " + report.reportId() + " of " + report.organization() + " on " + report.domain();
        return name + (store.receive(report, clock.instant()) ? " is kept" : " was there already");
    }
}
