// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the reports about the days that are over, to the domains that want them (RFC 8460 §3).
 *
 * <p>One domain after the other. Counts are dropped when the report is on its way, when the domain wants none, and after
 * a week without an answer from DNS. To be called now and then by one thread, which it blocks.
 */
public final class DailyReports {
    private static final Logger LOG = LoggerFactory.getLogger(DailyReports.class);
    private static final int PAGE = 500;
    private static final int PATIENCE_DAYS = 7;

    /**
     * @param organization name of who reports
     * @param submitter our domain
     * @param from address of sender and contact
     */
    public record Identity(String organization, String submitter, EmailAddress from) {}

    private final TlsCountStore store;
    private final Dns dns;
    private final ReportSender sender;
    private final Identity identity;
    private final InstantSource clock;

    public DailyReports(TlsCountStore store, Dns dns, ReportSender sender, Identity identity, InstantSource clock) {
        this.store = store;
        this.dns = dns;
        this.sender = sender;
        this.identity = identity;
        this.clock = clock;
    }

    /** @return how many reports were sent */
    public int run() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        int sent = 0;
        for (LocalDate day : store.days()) {
            if (day.isBefore(today)) {
                sent += reportOn(day, day.isBefore(today.minusDays(PATIENCE_DAYS)));
            }
        }
        return sent;
    }

    private int reportOn(LocalDate day, boolean lastChance) {
        int sent = 0;
        String after = "";
        List<String> domains = store.domains(day, after, PAGE);
        while (!domains.isEmpty()) {
            for (String domain : domains) {
                sent += reportTo(day, domain, lastChance);
                after = domain;
            }
            domains = store.domains(day, after, PAGE);
        }
        return sent;
    }

    private int reportTo(LocalDate day, String domain, boolean lastChance) {
        try {
            DnsAnswer<String> answer = wait(dns.query("_smtp._tls." + domain, RecordType.TXT));
            Optional<ReportAddresses> wanted = ReportAddresses.among(answer.records());
            boolean sent = wanted.isPresent() && send(day, domain, wanted.get());
            if (sent || lastChance || (!answer.isTemporary() && wanted.isEmpty())) {
                wait(store.forget(day, domain));
            }
            return sent ? 1 : 0;
        } catch (CompletionException e) {
            LOG.warn("the TLS report of {} to {} waits: {}", day, domain, e.getMessage());
            return 0;
        }
    }

    private boolean send(LocalDate day, String domain, ReportAddresses wanted) {
        Instant from = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant to = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(1);
        String name = "tlsrpt-" + day + "-" + domain.replace('.', '-');
        TlsReport report = TlsReport.of(
                identity.organization(),
                from,
                to,
                identity.from().toString(),
                name + "@" + identity.submitter(),
                store.counts(day, domain));
        int number = 0;
        for (EmailAddress recipient : wanted.mail()) {
            number++;
            // Nobody wants to hear that a report was not wanted
            Envelope envelope = Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(recipient)));
            wait(sender.send(new NewMail(
                    name + "-" + number,
                    envelope,
                    TlsReportMail.of(report, domain, identity.submitter(), identity.from(), recipient))));
        }
        return true;
    }

    private static <T> T wait(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.join();
    }
}
