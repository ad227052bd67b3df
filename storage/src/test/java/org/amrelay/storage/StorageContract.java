// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.queue.DeliveryReport;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.RecipientOutcome;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;

/** What the contracts of the stores share: one storage per test, and short words for mails. */
public interface StorageContract {
    Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    NextHop HOP = NextHop.parse("mx:example.org");
    ReversePath SENDER = ReversePath.of("alice@relay.example");
    Reply OK = Reply.of(250, "2.0.0", "taken");
    Reply LATER = Reply.of(451, "4.3.0", "try later");
    Reply NO = Reply.of(550, "5.1.1", "no such user");

    /** The storage under test. */
    RelayStorage storage();

    /** The same directory opened anew, as after a crash of the process. */
    RelayStorage reopened();

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    static StoredMail mail(String name, String... recipients) {
        return mail(name, MessageContent.of(text("Subject: hello\r\n\r\n" + name + "\r\n")), recipients);
    }

    static StoredMail mail(String name, MessageContent content, String... recipients) {
        List<EnvelopeRecipient> to = Arrays.stream(recipients)
                .map(EmailAddress::of)
                .map(EnvelopeRecipient::of)
                .toList();
        return new StoredMail(
                name,
                Envelope.of(SENDER, to),
                content,
                "root",
                Optional.empty(),
                Map.of("org.amrelay.colour", "blue"),
                new Origin("client.example", "192.0.2.7", "client.example", "ESMTPSA"),
                NOW);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String read(MessageContent content) {
        try (var in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static NewDelivery delivery(String... recipients) {
        return delivery(HOP, recipients);
    }

    static NewDelivery delivery(NextHop hop, String... recipients) {
        return new NewDelivery(
                hop,
                Arrays.stream(recipients)
                        .map(EmailAddress::of)
                        .map(EnvelopeRecipient::of)
                        .toList(),
                NOW,
                NOW.plusSeconds(432_000));
    }

    static HandedOver handedOver(String... recipients) {
        return HandedOver.unchanged(delivery(recipients), SENDER);
    }

    default long accepted(String name, String... recipients) {
        return done(storage().spool().add(NewSpoolItem.of(Spool.MAIN, mail(name, recipients))));
    }

    /** A mail that has been handed over; its delivery is due. */
    default long queued(String name, String... recipients) {
        long id = accepted(name, recipients);
        storage().spool().take(Spool.MAIN, NOW);
        done(storage()
                .handOver()
                .complete(id, org.amrelay.storage.spool.SpoolOutcome.delivering(List.of(handedOver(recipients)))));
        return id;
    }

    default QueuedDelivery claimed() {
        return storage().deliveries().claim(HOP, NOW, 1).get(0);
    }

    static RecipientOutcome outcome(QueuedDelivery delivery, int index, RecipientState state, Reply reply) {
        long id = delivery.recipients().get(index).id();
        return new RecipientOutcome(id, state, reply, "mx.example.org[192.0.2.1]:25", "TLSv1.3", false);
    }

    static DeliveryReport report(QueuedDelivery delivery, RecipientOutcome... outcomes) {
        return new DeliveryReport(delivery.id(), NOW, List.of(outcomes), NOW.plusSeconds(300), false, List.of());
    }

    default RecipientState stateOf(String name, int index) {
        return storage().ledger().trace(name).get(0).recipients().get(index).state();
    }
}
