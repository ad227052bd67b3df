// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.reports;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.inject.Inject;
import org.amrelay.authentication.report.ReportDestinations;
import org.amrelay.authentication.report.failure.FailureReportDetail;
import org.amrelay.authentication.report.failure.FailureReportWriter;
import org.amrelay.authentication.report.failure.PendingFailures;
import org.amrelay.authentication.report.failure.PendingFailures.Pending;
import org.amrelay.authentication.report.failure.Redaction;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.SecretKeyText;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells domains of mail that failed in their name, where they asked for it and whoever is to be told agreed (RFC 9991).
 *
 * <p>Off unless the settings say how much is shown. Reports have the null sender and go through the spool, hence signed. One
 * whose destination cannot be verified now is dropped, not kept. Used by one thread.
 */
final class FailureSending {
    private static final Logger LOGGER = LoggerFactory.getLogger(FailureSending.class);
    private static final String SETTING = "AMR_DMARC_FAILURE_REPORTS";

    private final PendingFailures pending;
    private final Spool spool;
    private final Dns dns;
    private final ReportDestinations destinations;
    private final String host;
    private final Optional<FailureReportWriter> writer;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    @Inject
    FailureSending(
            PendingFailures pending, RelayStorage storage, Dns dns, Home home, RelaySettings settings, Clock clock) {
        this.pending = pending;
        this.spool = storage.spool();
        this.dns = dns;
        this.destinations = new ReportDestinations(dns);
        this.host = settings.hostname();
        this.writer = detail(settings)
                .map(detail -> new FailureReportWriter(host, detail, new Redaction(key(home, settings))));
        this.clock = clock;
    }

    static boolean isOn(RelaySettings settings) {
        return detail(settings).isPresent();
    }

    private static Optional<FailureReportDetail> detail(RelaySettings settings) {
        String word = settings.value(SETTING);
        return word.equals("off")
                ? Optional.empty()
                : Optional.of(FailureReportDetail.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /** Of the relay's secret, so that digests stay comparable over restarts, and say nothing about the secret. */
    private static byte[] key(Home home, RelaySettings settings) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    SecretKeyText.read(home, settings, System.getenv())
                            .strip()
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    "HmacSHA256"));
            return mac.doFinal("redaction of failure reports".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    /** Sends what waits; blocks on the DNS and the disk. @return how many messages */
    int round() {
        int sent = 0;
        for (Pending each : pending.take()) {
            sent += writer.map(with -> send(each, with)).orElse(0);
        }
        long dropped = pending.dropped();
        if (dropped > 0) {
            LOGGER.info("{} DMARC failures are not reported: too many", dropped);
        }
        return sent;
    }

    private int send(Pending failed, FailureReportWriter with) {
        String domain = failed.first().domain();
        List<EmailAddress> to =
                wait(destinations.find(domain, failed.first().destinations())).agreed();
        if (to.isEmpty()) {
            LOGGER.info("nobody may have the DMARC failure report on {}", domain);
            return 0;
        }
        Optional<String> record = failed.first().spfDomain().flatMap(this::spfRecord);
        for (EmailAddress address : to) {
            Instant now = clock.instant();
            String id = id();
            var content = with.write(failed, record, address.toString(), id, now);
            wait(spool.add(NewSpoolItem.of(
                    Spool.MAIN,
                    new StoredMail(
                            "dmarc-failure-" + id,
                            Envelope.of(ReversePath.nullSender(), List.of(EnvelopeRecipient.of(address))),
                            content,
                            "root",
                            Optional.empty(),
                            Map.of(),
                            Origin.within(),
                            now))));
        }
        LOGGER.info("sent a DMARC failure report on {} to {}", domain, to);
        return to.size();
    }

    private String id() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private Optional<String> spfRecord(String domain) {
        return wait(dns.query(domain, RecordType.TXT)).records().stream()
                .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("v=spf1"))
                .findFirst();
    }

    private static <T> T wait(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.orTimeout(1, TimeUnit.MINUTES).join();
    }
}
