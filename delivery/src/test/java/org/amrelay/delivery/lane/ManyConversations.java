// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.io.InputStream;
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

/** A program: as many conversations at a time as the first argument says, each with a message of half a megabyte from a stream. */
public final class ManyConversations {
    private static final int SIZE = 500_000;

    private ManyConversations() {}

    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        int lanes = count / 2;
        try (ScriptedDestination peer = ScriptedDestination.start().onlyCounts()) {
            // Nobody gets an answer before everybody has had the time to come
            peer.on("MESSAGE").tarpits(Duration.ofSeconds(5));
            MemoryDeliveryStore store = new MemoryDeliveryStore();
            DeliverySettings settings = DeliverySettings.defaults("relay.example")
                    .withMxPort(peer.port())
                    .withLimits(LaneLimits.standard().withMostConnections(count));
            DeliveryEngine engine = new DeliveryEngine(
                    settings, store, Zone.of("*.example A 127.0.0.1"), InstantSource.system(), new Random(1));
            engine.start();
            for (int i = 0; i < count; i++) {
                accept(store, "d" + i % lanes + ".example", i);
            }
            while (store.finished() < count) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            engine.stop(Duration.ofSeconds(5)).toCompletableFuture().join();
            System.out.println("taken " + peer.taken() + ", open at a time " + peer.mostOpenConnections()
                    + ", attempts " + store.reports().size());
        }
    }

    private static void accept(MemoryDeliveryStore store, String domain, int number) {
        List<EnvelopeRecipient> recipients = List.of(EnvelopeRecipient.of(EmailAddress.of("bob@" + domain)));
        NewMail mail =
                new NewMail("mail-" + number, Envelope.of(ReversePath.of("ann@b.example"), recipients), new Lines());
        Instant now = Instant.now();
        store.accept(
                mail,
                List.of(new NewDelivery(
                        new NextHop.MailExchangersOf(domain), recipients, now, now.plus(Duration.ofDays(5)))));
    }

    /** A message that is made while it is read. */
    private static final class Lines implements MessageContent {
        @Override
        public InputStream open() {
            return new InputStream() {
                private int position;

                @Override
                public int read() {
                    if (position == SIZE) {
                        return -1;
                    }
                    int column = position++ % 1000;
                    return column == 998 ? '\r' : column == 999 ? '\n' : 'x';
                }

                @Override
                public int read(byte[] bytes, int from, int length) {
                    int some = Math.min(length, SIZE - position);
                    for (int i = 0; i < some; i++) {
                        bytes[from + i] = (byte) read();
                    }
                    return some == 0 ? -1 : some;
                }
            };
        }

        @Override
        public long size() {
            return SIZE;
        }
    }
}
