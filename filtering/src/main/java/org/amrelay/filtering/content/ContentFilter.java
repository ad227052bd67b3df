// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.amrelay.filtering.attachments.AttachmentInspector;
import org.amrelay.filtering.sensitive.SensitiveFinder;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageView;

/** Asks the rules about a mail. Immutable, safe for several threads. */
public final class ContentFilter {
    private final ContentBook book;
    private final AttachmentInspector inspector;
    private final SensitiveFinder finder;
    private final boolean rehearsal;
    private final Consumer<List<ContentHit>> seen;

    private ContentFilter(
            ContentBook book,
            AttachmentInspector inspector,
            SensitiveFinder finder,
            boolean rehearsal,
            Consumer<List<ContentHit>> seen) {
        this.book = book;
        this.inspector = inspector;
        this.finder = finder;
        this.rehearsal = rehearsal;
        this.seen = seen;
    }

    public ContentFilter(ContentBook book, AttachmentInspector inspector, SensitiveFinder finder) {
        this(book, inspector, finder, false, hits -> {});
    }

    /** Without rules. */
    public static ContentFilter none() {
        return new ContentFilter(ContentBook.empty(), new DirectParts(), new NothingSensitive());
    }

    /** The same for an explanation, which asks rules in test as well and wants to see what hit. */
    public ContentFilter rehearsing(Consumer<List<ContentHit>> observer) {
        return new ContentFilter(book, inspector, finder, true, observer);
    }

    /** Whether there is a rule at all. */
    public boolean hasRules() {
        return !book.rules().isEmpty();
    }

    /** Whether a rule may refuse a mail while its sender listens. */
    public boolean refusesInSession() {
        return book.refusesInSession();
    }

    /** Whether recipients of one mail may have to go different ways. */
    public boolean mayDivide() {
        return book.asksRecipient();
    }

    /**
     * Decides for all recipients; those for whom the same is to be done are together, in the order of the mail.
     *
     * @throws java.io.UncheckedIOException when the message cannot be read
     */
    public List<ContentDecision> decide(MailFacts facts, MessageView view, List<EmailAddress> recipients) {
        RuledMessage subject = new RuledMessage(facts, view, inspector, finder, book.types());
        Map<List<ContentRule>, List<EmailAddress>> groups = new LinkedHashMap<>();
        Map<List<ContentRule>, List<Ruling>> rulings = new LinkedHashMap<>();
        boolean alike = !book.asksRecipient();
        for (EmailAddress recipient : recipients) {
            List<ContentRule> key =
                    alike && !groups.isEmpty() ? groups.keySet().iterator().next() : List.of();
            if (!alike || groups.isEmpty()) {
                Ruling ruling = Ruling.of(book, subject, recipient, rehearsal);
                key = ruling.enforced();
                rulings.computeIfAbsent(key, first -> new ArrayList<>()).add(ruling);
            }
            groups.computeIfAbsent(key, first -> new ArrayList<>()).add(recipient);
        }
        List<ContentDecision> decisions = new ArrayList<>();
        groups.forEach((key, members) -> decisions.add(decision(members, rulings.getOrDefault(key, List.of()))));
        return decisions;
    }

    private ContentDecision decision(List<EmailAddress> recipients, List<Ruling> rulings) {
        Set<ContentHit> hits = new LinkedHashSet<>();
        rulings.forEach(ruling -> hits.addAll(ruling.shown()));
        List<ContentHit> all = List.copyOf(hits);
        seen.accept(all);
        return new ContentDecision(
                recipients,
                all,
                rulings.isEmpty() ? ContentOrders.NONE : rulings.get(0).orders());
    }
}
