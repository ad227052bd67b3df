// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewQuarantined;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;

/**
 * Which rows the end of processing writes, worked out before the transaction.
 *
 * <p>Fates come first, so that an address that was expanded and also gets a delivery of its own has two rows. A recipient
 * that the item did not have gets the next number. For one thread.
 */
final class HandOverPlan {
    private final SpoolItem item;
    private final Ids ids;
    private final Bodies bodies;
    private final Map<EmailAddress, Integer> open = new LinkedHashMap<>();
    private final Map<EmailAddress, Long> parents = new HashMap<>();
    private final Map<MessageContent, PreparedBody> changed = new IdentityHashMap<>();
    private final List<PreparedBody> newBodies = new ArrayList<>();
    private final List<RecipientStep> steps = new ArrayList<>();
    private final List<PreparedDelivery> deliveries = new ArrayList<>();
    private final Set<Long> ownPaths = new HashSet<>();
    private final List<PreparedQuarantine> quarantined = new ArrayList<>();
    private int nextNumber;
    private boolean needsOriginal;

    HandOverPlan(SpoolItem item, SpoolOutcome outcome, Ids ids, Bodies bodies) {
        this.item = item;
        this.ids = ids;
        this.bodies = bodies;
        for (EnvelopeRecipient recipient : item.mail().envelope().recipients()) {
            open.put(recipient.address(), nextNumber++);
        }
        try {
            plan(outcome);
        } catch (RuntimeException e) {
            abandon();
            throw e;
        }
    }

    private void plan(SpoolOutcome outcome) {
        List<Integer> numbers = new ArrayList<>();
        List<Boolean> news = new ArrayList<>();
        for (RecipientFate fate : outcome.fates()) {
            Integer known = open.remove(fate.recipient());
            int number = known == null ? nextNumber++ : known;
            numbers.add(number);
            news.add(known == null);
            fate.becomes().forEach(child -> parents.putIfAbsent(child, Ids.of(item.id(), number)));
        }
        for (int i = 0; i < numbers.size(); i++) {
            fate(outcome.fates().get(i), numbers.get(i), news.get(i));
        }
        outcome.deliveries().forEach(this::delivery);
        outcome.quarantined().forEach(this::quarantine);
        if (!open.isEmpty()) {
            throw new IllegalStateException("processing " + item.mail().name() + " left " + open.keySet()
                    + " without delivery and without fate");
        }
    }

    private void fate(RecipientFate fate, int number, boolean isNew) {
        long row = Ids.of(item.id(), number);
        MailRows.requireLegal(row, RecipientState.ACCEPTED, fate.state());
        Optional<Long> parent = isNew ? Optional.ofNullable(parents.get(fate.recipient())) : Optional.empty();
        EnvelopeRecipient recipient = EnvelopeRecipient.of(fate.recipient());
        steps.add(new RecipientStep(
                row, isNew, recipient, fate.state(), Optional.empty(), Optional.of(fate.by()), parent));
    }

    private void delivery(HandedOver handedOver) {
        NewDelivery wanted = handedOver.delivery();
        long id = ids.next();
        RecipientState to = handedOver.held() ? RecipientState.HELD : RecipientState.QUEUED;
        List<QueuedRecipient> recipients = new ArrayList<>(wanted.recipients().size());
        for (EnvelopeRecipient recipient : wanted.recipients()) {
            Integer known = open.remove(recipient.address());
            long row = Ids.of(item.id(), known == null ? nextNumber++ : known);
            Optional<Long> parent =
                    known == null ? Optional.ofNullable(parents.get(recipient.address())) : Optional.empty();
            steps.add(
                    new RecipientStep(row, known == null, recipient, to, Optional.of(id), handedOver.heldBy(), parent));
            recipients.add(new QueuedRecipient(row, recipient, Optional.empty()));
        }
        if (wanted.returnPath().isPresent()) {
            ownPaths.add(id);
        }
        StoredMail mail = item.mail();
        Optional<PreparedBody> other = handedOver.changedContent().map(this::changed);
        boolean sharesOriginal = other.isEmpty() || other.get().tailFrom().isPresent();
        needsOriginal = needsOriginal || sharesOriginal;
        MessageContent content = other.map(PreparedBody::content).orElse(mail.content());
        QueuedDelivery queued = new QueuedDelivery(
                id,
                mail.name(),
                envelope(handedOver),
                recipients,
                wanted.nextHop(),
                content,
                item.acceptedAt(),
                wanted.expiresAt().truncatedTo(ChronoUnit.MILLIS),
                0,
                false);
        long kept = content instanceof MessageContent.InMemory ? content.size() : 0;
        int number = other.map(body -> Ids.number(body.id())).orElse(0);
        deliveries.add(
                new PreparedDelivery(queued, wanted.firstAttemptAt().toEpochMilli(), handedOver.held(), number, kept));
    }

    private Envelope envelope(HandedOver handedOver) {
        Envelope whole = item.mail().envelope();
        return whole.to(handedOver.delivery().recipients()).from(handedOver.sender());
    }

    private void quarantine(NewQuarantined wanted) {
        List<PreparedQuarantine.Copy> copies =
                new ArrayList<>(wanted.recipients().size());
        for (EmailAddress recipient : wanted.recipients()) {
            long row = steps.stream()
                    .filter(step -> step.to() == RecipientState.QUARANTINED
                            && step.recipient().address().equals(recipient))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            wanted.mail().name() + " is kept back for " + recipient + ", whose fate is another one"))
                    .row();
            copies.add(new PreparedQuarantine.Copy(recipient, row));
        }
        MessageContent content = wanted.mail().content();
        int number = 0;
        if (content == item.mail().content()) {
            needsOriginal = true;
        } else {
            PreparedBody other = changed(content);
            number = Ids.number(other.id());
            needsOriginal = needsOriginal || other.tailFrom().isPresent();
        }
        byte[] snapshot = StoredMailCodec.write(wanted.mail());
        quarantined.add(new PreparedQuarantine(ids.next(), wanted, item.id(), number, item.id(), copies, snapshot));
    }

    private PreparedBody changed(MessageContent content) {
        PreparedBody known = changed.get(content);
        if (known == null) {
            long id = Ids.of(item.id(), newBodies.size() + 1);
            known = bodies.prepare(id, content, item.mail().content());
            changed.put(content, known);
            newBodies.add(known);
        }
        return known;
    }

    List<RecipientStep> steps() {
        return steps;
    }

    List<PreparedDelivery> deliveries() {
        return deliveries;
    }

    /** Whether the delivery's sender is for its recipient alone. */
    boolean hasOwnPath(PreparedDelivery delivery) {
        return ownPaths.contains(delivery.id());
    }

    List<PreparedQuarantine> quarantined() {
        return quarantined;
    }

    List<PreparedBody> newBodies() {
        return newBodies;
    }

    /** Whether the body that came in is still needed. */
    boolean needsOriginal() {
        return needsOriginal;
    }

    /** Nothing of it was written. */
    void abandon() {
        newBodies.forEach(body -> bodies.forgetOne(body.id()));
    }
}
