// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.james.Addresses;
import org.amrelay.james.HeldMail;
import org.amrelay.james.Jump;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.repository.RepositoryStore;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewQuarantined;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;
import org.amrelay.storage.spool.TraceStep;
import org.apache.mailet.Mail;

/**
 * A spool item in processing, with the effects of it so far; none of them is written before processing has ended.
 *
 * <p>Each recipient gets one explanation: a delivery, or the last fate that was noted. A second delivery to a recipient
 * that already has one is left out, so that two aliases of one mailbox mean one copy. Safe for several threads, though
 * nearly always only the spooler's thread comes here.
 */
public final class OpenItem {
    private final SpoolItem item;
    private final LineObserver observer;
    private final Map<EmailAddress, Noted> fates = new LinkedHashMap<>();
    private final Set<EmailAddress> delivered = new LinkedHashSet<>();
    private final List<HandedOver> deliveries = new ArrayList<>();
    private final List<NewSpoolItem> spawned = new ArrayList<>();
    private final List<RepositoryStore> stored = new ArrayList<>();
    private final List<TraceStep> steps = new ArrayList<>();
    private final List<NewQuarantined> keptBack = new ArrayList<>();
    private Optional<Jump> placeToGoOn = Optional.empty();
    private final List<Mail> parts = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private int copies;
    private int transitions;
    private int notes;

    OpenItem(SpoolItem item, LineObserver observer) {
        this.item = item;
        this.observer = observer;
    }

    /** Who looks on while the processors run. */
    public LineObserver observer() {
        return observer;
    }

    private record Noted(RecipientFate fate, int number) {}

    /** How much has been noted, to see later what came since. */
    public record Mark(int spawned, int stored, int delivered, int notes) {}

    public synchronized Mark mark() {
        return new Mark(spawned.size(), stored.size(), delivered.size(), notes);
    }

    public SpoolItem item() {
        return item;
    }

    /** Notes deliveries; the message counts as it is now. */
    synchronized void handOver(Mail mail, List<NewDelivery> asked) throws MessagingException {
        if (mail.getMessage() == null) {
            throw new MessagingException(mail.getName() + " has no message to deliver");
        }
        MessageContent content = NetworkForm.of(mail.getMessage());
        Optional<MessageContent> changed = content == item.mail().content() ? Optional.empty() : Optional.of(content);
        for (NewDelivery delivery : asked) {
            List<EnvelopeRecipient> fresh = delivery.recipients().stream()
                    .filter(recipient -> delivered.add(recipient.address()))
                    .toList();
            if (!fresh.isEmpty()) {
                NewDelivery once = delivery.to(fresh);
                deliveries.add(new HandedOver(
                        once, once.sender(Addresses.of(mail.getMaybeSender())), changed, HeldMail.by(mail)));
            }
        }
    }

    /** Notes what became of a recipient; a later fate of one who came back takes the place of the earlier. */
    public synchronized void fate(RecipientFate fate) {
        // Who becomes others and himself is still there: the others get rows of their own, he gets his fate later
        if (!fate.becomes().contains(fate.recipient())) {
            notes++;
            fates.put(fate.recipient(), new Noted(fate, notes));
        }
    }

    synchronized void spawn(NewSpoolItem mail) {
        spawned.add(mail);
    }

    /** Notes a mail for a repository; the same place and name again replaces it. */
    public synchronized void store(RepositoryStore mail) {
        stored.removeIf(
                earlier -> earlier.url().equals(mail.url()) && earlier.key().equals(mail.key()));
        stored.add(mail);
    }

    public synchronized void step(TraceStep step) {
        steps.add(step);
    }

    /** What has run so far and changed something. */
    synchronized List<TraceStep> steps() {
        return List.copyOf(steps);
    }

    /** Takes note of the line that runs now; empty when nothing comes behind it in its processor. */
    public synchronized void runs(Optional<Jump> line) {
        placeToGoOn = line;
    }

    /** Behind which line of its processor the mail would go on, if there is something. */
    synchronized Optional<Jump> placeToGoOn() {
        return placeToGoOn;
    }

    synchronized void keepBack(NewQuarantined mail) {
        keptBack.add(mail);
    }

    /** Makes processing fail in the end, whatever happens to the exception that is thrown now. */
    synchronized void fail(String reason) {
        failure = failure.or(() -> Optional.of(reason));
    }

    private boolean isExplained(EmailAddress recipient) {
        return delivered.contains(recipient) || fates.containsKey(recipient);
    }

    /** Whether somebody else has explained the recipient since then, or delivery has it. */
    public synchronized boolean isExplainedSince(Mark mark, EmailAddress recipient) {
        Noted noted = fates.get(recipient);
        return delivered.contains(recipient) || (noted != null && noted.number() > mark.notes());
    }

    /** Whether delivery has the recipient. */
    public synchronized boolean isDelivered(EmailAddress recipient) {
        return delivered.contains(recipient);
    }

    /** The mails sent since then. */
    public synchronized List<NewSpoolItem> spawnedSince(Mark mark) {
        return List.copyOf(spawned.subList(mark.spawned(), spawned.size()));
    }

    /** The mails put into repositories since then. */
    public synchronized List<RepositoryStore> storedSince(Mark mark) {
        return List.copyOf(stored.subList(Math.min(mark.stored(), stored.size()), stored.size()));
    }

    /** A name for a part of the mail: the item's own with the next number, unique in the item. */
    public synchronized String nextCopyName() {
        copies++;
        return item.mail().name() + "-" + copies;
    }

    /** Takes note of a mail that was split off, which is disposed of with the item. */
    public synchronized void addPart(Mail part) {
        parts.add(part);
    }

    /** The mails that were split off. */
    public synchronized List<Mail> parts() {
        return List.copyOf(parts);
    }

    /** How often the mail went from one processor to another, this time included. */
    public synchronized int countTransition() {
        return ++transitions;
    }

    /**
     * All effects.
     *
     * @throws ProcessingFailed when an effect could not be noted, or a recipient has no explanation
     */
    public synchronized SpoolOutcome outcome() throws ProcessingFailed {
        if (failure.isPresent()) {
            throw new ProcessingFailed(failure.get());
        }
        String unexplained = item.mail().envelope().recipients().stream()
                .map(EnvelopeRecipient::address)
                .filter(recipient -> !isExplained(recipient))
                .map(EmailAddress::toString)
                .collect(Collectors.joining(", "));
        if (!unexplained.isEmpty()) {
            throw new ProcessingFailed("no mailet says what became of " + unexplained);
        }
        List<RecipientFate> remaining = fates.values().stream()
                .map(Noted::fate)
                .filter(fate -> !delivered.contains(fate.recipient()))
                .toList();
        return new SpoolOutcome(deliveries, remaining, spawned, stored, steps, keptBack(remaining));
    }

    /** For those only who end there after all, each of them once. */
    private List<NewQuarantined> keptBack(List<RecipientFate> fates) {
        Set<EmailAddress> left = fates.stream()
                .filter(fate -> fate.state() == RecipientState.QUARANTINED)
                .map(RecipientFate::recipient)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<NewQuarantined> kept = new ArrayList<>();
        for (NewQuarantined each : keptBack) {
            List<EmailAddress> to =
                    each.recipients().stream().filter(left::remove).toList();
            if (!to.isEmpty()) {
                kept.add(each.to(to));
            }
        }
        return kept;
    }

    /** The end of an item that nobody can process: every recipient rests in a repository. */
    public static SpoolOutcome quarantined(SpoolItem item, RepositoryStore mail, String by) {
        List<RecipientFate> all = item.mail().envelope().recipients().stream()
                .map(recipient -> RecipientFate.of(recipient.address(), RecipientState.QUARANTINED, by))
                .toList();
        return new SpoolOutcome(List.of(), all, List.of(), List.of(mail), List.of());
    }
}
