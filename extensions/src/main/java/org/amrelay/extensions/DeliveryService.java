// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.PreDestroy;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.delivery.lane.DeliverySettings;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.suppression.LearningDeliveryStore;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.mail.dns.DnsSettings;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.storage.RelayStorage;
import org.apache.james.queue.api.MailQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Storage and delivery engine of one stock James, from its start to its stop. Safe for several threads. */
public final class DeliveryService {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryService.class);
    private static final Duration DRAIN = Duration.ofSeconds(8);

    private final RelayStorage storage;
    private final String hostname;
    private final SuppressionLearner learner;
    private final DeliveryEngine engine;
    private final NoticePump notices;

    DeliveryService(
            Path directory,
            ExtensionSettings settings,
            NoticeTemplates languages,
            MailQueue spoolOfJames,
            RouteBooks routes,
            Clock clock) {
        storage = RelayStorage.openSqlite(directory, clock);
        hostname = settings.hostname().orElseGet(DeliveryService::machine);
        DeliverySettings delivery = DeliverySettings.defaults(hostname)
                .withMxPort(settings.mxPort())
                .withNotices(NoticeSettings.defaults(hostname).withTemplates(languages));
        learner = new SuppressionLearner(storage.suppressions(), clock, Duration.ofDays(settings.suppressionDays()));
        engine = new DeliveryEngine(
                delivery,
                new LearningDeliveryStore(storage.deliveries(), learner),
                new ResolvingDns(DnsSettings.defaults(), clock),
                routes,
                clock,
                new Random());
        notices = new NoticePump(storage.spool(), spoolOfJames, clock);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException nameless) {
            LOGGER.warn("The machine has no name; amr.hostname in extensions.properties gives it one", nameless);
            return "localhost";
        }
    }

    DeliveryHandOver handOver() {
        return new ImmediateHandOver(storage.deliveries());
    }

    RelayStorage storage() {
        return storage;
    }

    /** Hears of answers and bounces. */
    SuppressionLearner learner() {
        return learner;
    }

    /** The relay's name, in notices and in rewritten senders. */
    String hostname() {
        return hostname;
    }

    void start() {
        engine.start();
        notices.start();
    }

    /** Lets running conversations end for a while, then closes everything; James calls it when it stops. */
    @PreDestroy
    public void stop() {
        notices.stop();
        try {
            engine.stop(DRAIN).toCompletableFuture().get(DRAIN.toSeconds() + 2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            LOGGER.error("Deliveries were cut off; they are tried again after the next start", failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            storage.close();
        }
    }
}
