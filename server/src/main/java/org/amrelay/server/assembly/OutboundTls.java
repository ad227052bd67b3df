// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.dane.DaneEvaluator;
import org.amrelay.delivery.https.HttpsClient;
import org.amrelay.delivery.https.PublicAddresses;
import org.amrelay.delivery.mtasts.HttpsPolicyFetcher;
import org.amrelay.delivery.mtasts.StsEvaluator;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.delivery.tlspolicy.TlsAdviser;
import org.amrelay.delivery.tlspolicy.TlsPolicyEvaluator;
import org.amrelay.delivery.tlspolicy.TlsPolicyEvaluator.Sources;
import org.amrelay.delivery.tlspolicy.TlsPolicySettings;
import org.amrelay.delivery.tlsreport.DailyReports;
import org.amrelay.delivery.tlsreport.HttpsReportUpload;
import org.amrelay.delivery.tlsreport.TlsCounter;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.dns.Dns;
import org.amrelay.storage.RelayStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of deliveries, and the work that goes with them: refreshing policies, writing counts, sending reports.
 *
 * <p>Owns its threads. Started and closed once.
 */
final class OutboundTls implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutboundTls.class);
    private static final Duration FLUSH = Duration.ofSeconds(30);
    private static final Duration WORK = Duration.ofMinutes(30);
    private static final int REFRESHED_AT_ONCE = 50;

    private final RelayStorage storage;
    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("mta-sts", true));
    private final ExecutorService judging =
            Executors.newFixedThreadPool(2, new DefaultThreadFactory("mta-sts-certificates", true));
    private final ScheduledExecutorService upkeep =
            // Two: reports wait for strangers' hosts, counts are written meanwhile
            Executors.newScheduledThreadPool(2, new DefaultThreadFactory("tls-upkeep", true));
    private final TlsCounter counter;
    private final StsEvaluator sts;
    private final TlsAdviser adviser;
    private final DailyReports reports;

    OutboundTls(TlsPolicySettings policies, String hostname, RelayStorage storage, Dns dns, Clock clock) {
        this.storage = storage;
        this.counter = new TlsCounter(clock);
        WebPki webPki = WebPki.ofJavaRuntime(clock);
        HttpsPolicyFetcher fetcher = new HttpsPolicyFetcher(
                dns, webPki, ClientTls.ofJavaRuntime(), loop, judging, HttpsPolicyFetcher.Limits.standard());
        this.sts = new StsEvaluator(dns, fetcher, storage.stsPolicies(), clock);
        this.adviser = new TlsPolicyEvaluator(
                policies, new Sources(new DaneEvaluator(dns), Optional.of(sts), webPki, counter, clock));
        HttpsClient web = new HttpsClient(
                new HttpsClient.Ways(dns, PublicAddresses::isPublic, webPki, ClientTls.ofJavaRuntime(), loop, judging),
                HttpsClient.Limits.standard());
        this.reports = new DailyReports(
                storage.tlsCounts(),
                dns,
                new DailyReports.Ways(new SpooledReports(storage.spool(), clock), new HttpsReportUpload(web)),
                new DailyReports.Identity(hostname, hostname, EmailAddress.of("postmaster@" + hostname)),
                clock);
    }

    TlsAdviser adviser() {
        return adviser;
    }

    void start() {
        upkeep.scheduleWithFixedDelay(this::flush, FLUSH.toSeconds(), FLUSH.toSeconds(), TimeUnit.SECONDS);
        // Not at once: a start has better things to do
        upkeep.scheduleWithFixedDelay(this::work, 1, WORK.toMinutes(), TimeUnit.MINUTES);
    }

    private void flush() {
        counter.flush(storage.tlsCounts()).whenComplete((done, error) -> {
            if (error != null) {
                LOGGER.warn("TLS counts are written later: {}", error.getMessage());
            }
        });
    }

    private void work() {
        try {
            sts.refresh(REFRESHED_AT_ONCE);
            int sent = reports.run();
            if (sent > 0) {
                LOGGER.info("{} TLS reports are on their way", sent);
            }
        } catch (RuntimeException failed) {
            // The next turn may find the disk in a better state; without the catch there would be none
            LOGGER.warn("TLS reports are sent later: {}", failed.toString());
        }
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        flush();
        judging.shutdown();
        loop.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
    }
}
