// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.client.ScriptedDestination;
import org.amrelay.delivery.queue.MemoryDeliveryStore;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;

/** A program: CPU of the engine's threads for each delivery of 10 KB, without store, generator and destination. */
public final class DeliveryCost {
    private DeliveryCost() {}

    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        try (ScriptedDestination peer = ScriptedDestination.start().onlyCounts()) {
            MemoryDeliveryStore store = new MemoryDeliveryStore();
            DeliverySettings settings =
                    DeliverySettings.defaults("relay.example").withMxPort(peer.port());
            DeliveryEngine engine = new DeliveryEngine(
                    settings, store, Zone.of("a.example A 127.0.0.1"), InstantSource.system(), new Random(1));
            engine.start();
            for (int round = 1; round <= 6; round++) {
                long cpu = cpuOfEngine();
                long begin = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    accept(store, i);
                    while (store.waiting() > 500) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                }
                while (store.waiting() > 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                System.out.printf(
                        "round %d: %d us CPU a delivery, %d deliveries/s, %d connections so far%n",
                        round,
                        (cpuOfEngine() - cpu) / count / 1000,
                        count * 1_000_000_000L / (System.nanoTime() - begin),
                        peer.connections());
            }
            engine.stop(Duration.ofSeconds(5)).toCompletableFuture().join();
        }
    }

    private static long cpuOfEngine() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().startsWith("delivery-")) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }

    private static void accept(MemoryDeliveryStore store, int number) {
        List<EnvelopeRecipient> recipients = List.of(EnvelopeRecipient.of(EmailAddress.of("bob@a.example")));
        NewMail mail = new NewMail(
                "mail-" + number,
                Envelope.of(ReversePath.of("ann@b.example"), recipients),
                MessageContent.of("Subject: x\r\n\r\n0123456789012345678901234567890123456789\r\n"
                        .repeat(190)
                        .getBytes(US_ASCII)));
        Instant now = Instant.now();
        store.accept(
                mail,
                List.of(new NewDelivery(
                        new NextHop.MailExchangersOf("a.example"), recipients, now, now.plus(Duration.ofDays(5)))));
    }
}
