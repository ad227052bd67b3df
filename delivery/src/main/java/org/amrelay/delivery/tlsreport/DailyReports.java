// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.time.Duration;
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
import org.amrelay.delivery.tlsreport.ReportUpload.Uploaded;
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
 * <p>One domain after the other. Counts are dropped when the report has gone to all its addresses, when the domain wants
 * none, and after a week without an answer from DNS. Web addresses that do not take it are tried again for a day; they get
 * ten minutes of a turn at most, so that silent hosts do not hold up the others. To be called now and then by one thread,
 * which it blocks.
 */
public final class DailyReports {
    private static final Logger LOG = LoggerFactory.getLogger(DailyReports.class);
    private static final int PAGE = 500;
    private static final int PATIENCE_DAYS = 7;
    private static final Duration WEB_TURN = Duration.ofMinutes(10);

    /**
     * @param organization name of who reports
     * @param submitter our domain
     * @param from address of sender and contact
     */
    public record Identity(String organization, String submitter, EmailAddress from) {}

    private final TlsCountStore store;
    private final Dns dns;
    private final Ways ways;
    private final Identity identity;
    private final InstantSource clock;
    private final PendingReports pending;
    private Instant webEnds = Instant.EPOCH;

    /**
     * How reports leave.
     *
     * @param mail to {@code mailto:} addresses
     * @param web to {@code https:} addresses
     */
    public record Ways(ReportSender mail, ReportUpload web) {}

    public DailyReports(TlsCountStore store, Dns dns, Ways ways, Identity identity, InstantSource clock) {
        this.store = store;
        this.dns = dns;
        this.ways = ways;
        this.identity = identity;
        this.clock = clock;
        this.pending = new PendingReports(clock);
    }

    /** @return how many reports have gone to all their addresses */
    public int run() {
        webEnds = clock.instant().plus(WEB_TURN);
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
            boolean settled = wanted.isPresent() && send(day, domain, wanted.get());
            if (settled || lastChance || (!answer.isTemporary() && wanted.isEmpty())) {
                wait(store.forget(day, domain));
                pending.forget(day, domain);
            }
            return settled ? 1 : 0;
        } catch (CompletionException e) {
            LOG.warn("the TLS report of {} to {} waits: {}", day, domain, e.getMessage());
            return 0;
        }
    }

    /** @return whether nothing is left to do */
    private boolean send(LocalDate day, String domain, ReportAddresses wanted) {
        if (!isAnyDue(day, domain, wanted)) {
            return wanted.web().stream().allMatch(each -> pending.isOver(day, domain, each));
        }
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
            if (pending.isDue(day, domain, recipient.toString())) {
                mail(report, domain, name + "-" + number, recipient);
                pending.done(day, domain, recipient.toString());
            }
        }
        return upload(day, domain, wanted.web(), report);
    }

    private boolean isAnyDue(LocalDate day, String domain, ReportAddresses wanted) {
        return wanted.mail().stream().anyMatch(each -> pending.isDue(day, domain, each.toString()))
                || wanted.web().stream().anyMatch(each -> pending.isDue(day, domain, each));
    }

    private void mail(TlsReport report, String domain, String name, EmailAddress recipient) {
        // Nobody wants to hear that a report was not wanted
        Envelope envelope = Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(recipient)));
        wait(ways.mail()
                .send(new NewMail(
                        name,
                        envelope,
                        TlsReportMail.of(report, domain, identity.submitter(), identity.from(), recipient))));
    }

    /** @return whether no address waits */
    private boolean upload(LocalDate day, String domain, List<String> addresses, TlsReport report) {
        boolean waits = false;
        for (String address : addresses) {
            boolean due = pending.isDue(day, domain, address) && clock.instant().isBefore(webEnds);
            if (due) {
                upload(day, domain, address, TlsReportMail.compressed(report));
            }
            waits |= !pending.isOver(day, domain, address);
        }
        return !waits;
    }

    private void upload(LocalDate day, String domain, String address, byte[] gzip) {
        Uploaded answer = wait(ways.web().post(address, gzip));
        if (answer instanceof Uploaded.Waiting waiting && pending.failed(day, domain, address)) {
            LOG.info("the TLS report of {} on {} is posted later: {}", day, domain, waiting.cause());
            return;
        }
        if (!(answer instanceof Uploaded.Accepted)) {
            LOG.warn("nobody takes the TLS report of {} on {} at one of its addresses: {}", day, domain, answer);
        }
        pending.done(day, domain, address);
    }

    private static <T> T wait(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.join();
    }
}
