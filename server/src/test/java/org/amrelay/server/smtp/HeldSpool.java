// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailEnvelope;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A spool in memory whose answer the test gives: at once, later, or never. */
final class HeldSpool implements MailQueueFactory<MailQueue>, MailQueue {
    record Stored(
            String sender,
            List<String> recipients,
            String content,
            Optional<DsnParameters> dsn,
            List<String> originals,
            Optional<String> account,
            boolean requiresTls) {}

    final List<Stored> stored = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Void>> held = new CopyOnWriteArrayList<>();
    volatile Supplier<CompletableFuture<Void>> answer = () -> CompletableFuture.completedFuture(null);
    volatile boolean keep = true;

    void hold() {
        answer = () -> {
            CompletableFuture<Void> future = new CompletableFuture<>();
            held.add(future);
            return future;
        };
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        if (keep) {
            stored.add(read(mail));
        }
        return Mono.fromFuture(answer.get());
    }

    private static Stored read(Mail mail) {
        try (InputStream in = ((MimeMessageWrapper) mail.getMessage()).getMessageInputStream()) {
            List<String> recipients = new ArrayList<>();
            mail.getRecipients().forEach(r -> recipients.add(Addresses.of(r).toString()));
            return new Stored(
                    mail.getMaybeSender()
                            .asOptional()
                            .map(sender -> Addresses.of(sender).toString())
                            .orElse("<>"),
                    recipients,
                    new String(in.readAllBytes(), StandardCharsets.ISO_8859_1),
                    mail.dsnParameters(),
                    MailEnvelope.recipients(mail).stream()
                            .flatMap(r -> r.originalRecipient().stream())
                            .toList(),
                    mail.getAttribute(Mail.SMTP_AUTH_USER)
                            .map(a -> String.valueOf(a.getValue().value())),
                    MailEnvelope.of(mail).requireTls());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<MailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return Optional.of(this);
    }

    @Override
    public MailQueue createQueue(MailQueueName name, PrefetchCount count) {
        return this;
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return Set.of(SPOOL);
    }

    @Override
    public MailQueueName getName() {
        return SPOOL;
    }

    @Override
    public void enQueue(Mail mail, Duration delay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void enQueue(Mail mail) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Publisher<MailQueueItem> deQueue() {
        return Flux.never();
    }

    @Override
    public void close() {}
}
