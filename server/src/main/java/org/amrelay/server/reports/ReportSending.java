// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.amrelay.authentication.report.AggregateReportWriter;
import org.amrelay.authentication.report.AggregateReportWriter.ReportFile;
import org.amrelay.authentication.report.ReportDestinations;
import org.amrelay.authentication.report.ReportMail;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.ReportStore.DueReport;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the reports of past days to those who asked and, where they are others, agreed (RFC 9990 §2.6, §3).
 *
 * <p>At most {@value #MOST_REPORTS} in a round, of at most {@value #MOST_ROWS} rows and {@value #MOST_OCTETS} octets each.
 * Their envelope sender is null: nobody wants notices about reports. A report is forgotten when it is in the spool, when
 * nobody may have it, or when the DNS could not say for three days. Used by one thread.
 */
final class ReportSending {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReportSending.class);
    private static final int MOST_REPORTS = 100;
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_OCTETS = 7_000_000;
    private static final int DAYS_OF_PATIENCE = 3;
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    private final ReportStore reports;
    private final Spool spool;
    private final ReportDestinations destinations;
    private final AggregateReportWriter writer;
    private final String host;
    private final boolean isOn;
    private final Clock clock;

    @Inject
    ReportSending(RelayStorage storage, Dns dns, RelaySettings settings, Clock clock) {
        this.reports = storage.reports();
        this.spool = storage.spool();
        this.destinations = new ReportDestinations(dns);
        this.host = settings.hostname();
        this.writer = new AggregateReportWriter(host, from(host));
        this.isOn = isOn(settings);
        this.clock = clock;
    }

    static boolean isOn(RelaySettings settings) {
        return settings.value("AMR_DMARC_SEND_REPORTS").equals("on");
    }

    private static String from(String host) {
        return "postmaster@" + host;
    }

    /** Sends what is due; blocks on the DNS and the disk. @return how many messages */
    int round() {
        if (!isOn) {
            return 0;
        }
        long today = clock.instant().getEpochSecond() / SECONDS_OF_A_DAY;
        int sent = 0;
        for (DueReport due : reports.due(today, MOST_REPORTS)) {
            ReportDestinations.Found found = destinations
                    .find(due.domain(), due.destinations())
                    .toCompletableFuture()
                    .join();
            if (!found.isComplete() && today - due.day() <= DAYS_OF_PATIENCE) {
                continue;
            }
            sent += send(due, found.agreed());
            reports.done(due);
        }
        return sent;
    }

    private int send(DueReport due, List<EmailAddress> to) {
        if (to.isEmpty()) {
            LOGGER.info("nobody may have the DMARC report on {}: {}", due.domain(), due.destinations());
            return 0;
        }
        ReportFile file = writer.write(due, reports.rows(due, MOST_ROWS));
        if (file.gzip().length > MOST_OCTETS) {
            LOGGER.warn("the DMARC report on {} has {} octets, which is too large", due.domain(), file.gzip().length);
            return 0;
        }
        for (int i = 0; i < to.size(); i++) {
            spool.add(NewSpoolItem.of(Spool.MAIN, mail(due, file, to.get(i), i)))
                    .toCompletableFuture()
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
        }
        LOGGER.info("sent the DMARC report {} on {} to {}", file.id(), due.domain(), to);
        return to.size();
    }

    private StoredMail mail(DueReport due, ReportFile file, EmailAddress to, int number) {
        Instant now = clock.instant();
        return new StoredMail(
                "dmarc-" + file.id() + "-" + number,
                Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(to))),
                ReportMail.of(file, due.domain(), host, from(host), to.toString(), now),
                "root",
                Optional.empty(),
                Map.of(),
                Origin.within(),
                now);
    }
}
