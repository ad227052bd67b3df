// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.amrelay.filtering.quarantine.Decided;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineFilter;
import org.amrelay.filtering.quarantine.QuarantineState;
import org.amrelay.filtering.quarantine.QuarantineStore;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.QuarantinedRecipient;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.spool.Spool;

/**
 * The quarantine: one decision at a time, a portion of its mails in each transaction.
 *
 * <p>Since decisions wait for each other, what one has read stays so until it is written; only new mail comes in meanwhile.
 */
final class SqliteQuarantine implements QuarantineStore, QuarantineTakeOver {
    private static final int PORTION = 50;

    private final Parts parts;
    private final Consumer<String> spoolListener;
    private final ReentrantLock deciding = new ReentrantLock();

    SqliteQuarantine(Parts parts, Consumer<String> spoolListener) {
        this.parts = parts;
        this.spoolListener = spoolListener;
    }

    @Override
    public List<QuarantinedMail> list(QuarantineFilter filter, long beforeId, int limit) {
        return parts.readers().readSnapshot(tables -> QuarantineSearch.page(tables, filter, beforeId, limit));
    }

    @Override
    public Amount count(QuarantineFilter filter) {
        return parts.readers().read(tables -> QuarantineSearch.count(tables, filter));
    }

    @Override
    public Optional<QuarantinedMail> find(long id) {
        return parts.readers().readSnapshot(tables -> QuarantineRows.find(tables, id));
    }

    @Override
    public Optional<QuarantinedMail> holding(long copy) {
        return find(Ids.owner(copy));
    }

    @Override
    public Optional<MessageContent> content(long id) {
        return parts.readers()
                .read(tables -> QuarantineRows.body(tables, id))
                .map(body -> parts.bodies().stored(body.id(), body.size()));
    }

    @Override
    public Decided release(QuarantineDecision decision, ReleaseManner manner) {
        return inPortions(decision, portion -> release(portion, decision, manner));
    }

    @Override
    public Decided delete(QuarantineDecision decision) {
        return inPortions(decision, portion -> discard(portion, decision, QuarantineState.DELETED));
    }

    @Override
    public Decided expire(QuarantineDecision decision) {
        return inPortions(decision, portion -> discard(portion, decision, QuarantineState.EXPIRED));
    }

    private interface Portion {
        Decided decide(List<Long> mails);
    }

    private Decided inPortions(QuarantineDecision decision, Portion portion) {
        Decided all = Decided.NOTHING;
        List<Long> mails = decision.mails().stream().distinct().toList();
        for (int from = 0; from < mails.size(); from += PORTION) {
            deciding.lock();
            try {
                all = all.plus(portion.decide(mails.subList(from, Math.min(mails.size(), from + PORTION))));
            } finally {
                deciding.unlock();
            }
        }
        return all;
    }

    /** What there is to decide about, and about what there is nothing left. */
    private List<QuarantineExit> exits(List<Long> mails, QuarantineDecision decision) {
        return parts.readers().readSnapshot(tables -> {
            List<QuarantineExit> exits = new ArrayList<>();
            for (long id : mails) {
                Optional<QuarantinedMail> found = QuarantineRows.find(tables, id);
                if (found.isPresent()) {
                    List<QuarantinedRecipient> copies = found.get().recipients().stream()
                            .filter(copy -> copy.isKept() && decision.concerns(copy))
                            .toList();
                    exits.add(new QuarantineExit(
                            found.get(), copies, QuarantineRows.snapshot(tables, parts.bodies(), id)));
                }
            }
            return exits;
        });
    }

    private static Decided outcome(List<QuarantineExit> all, List<QuarantineExit> done, long refused) {
        long copies = done.stream().mapToLong(exit -> exit.copies().size()).sum();
        return new Decided(done.size(), copies, all.size() - done.size() - refused, refused);
    }

    private Decided release(List<Long> mails, QuarantineDecision decision, ReleaseManner manner) {
        List<QuarantineExit> all = exits(mails, decision);
        List<QuarantineExit> open =
                all.stream().filter(exit -> !exit.copies().isEmpty()).toList();
        List<QuarantineExit> allowed = open.stream()
                .filter(exit -> manner.insist() || exit.found().reason().releasable())
                .toList();
        if (!allowed.isEmpty()) {
            parts.space().requireRoom();
            List<PreparedItem> items = parts.intake()
                    .prepareAll(allowed.stream()
                            .map(exit -> exit.item(
                                    manner, parts.ids().next(), parts.clock().instant()))
                            .toList());
            QuarantineWrites.await(parts.writer()
                    .submit(
                            items.stream().mapToLong(PreparedItem::weight).sum(),
                            tables -> write(tables, allowed, items, decision.by()),
                            emptied -> {
                                emptied.forEach(parts.bodies()::forget);
                                items.forEach(parts.intake()::committed);
                            })
                    .whenComplete((emptied, failure) -> {
                        if (failure != null) {
                            items.forEach(parts.intake()::abandon);
                        }
                    }));
            spoolListener.accept(Spool.MAIN);
        }
        return outcome(all, allowed, open.size() - allowed.size());
    }

    /** The owners whose bodies are gone. */
    private List<Long> write(Statements tables, List<QuarantineExit> exits, List<PreparedItem> items, String by)
            throws SQLException {
        long now = parts.clock().millis();
        List<Long> emptied = new ArrayList<>();
        for (int i = 0; i < exits.size(); i++) {
            PreparedItem item = items.get(i);
            String name = item.item().mail().name();
            parts.intake().write(tables, item);
            exits.get(i).releaseRows(tables, item.item().id(), now, by);
            exits.get(i).note(tables, now, "released", "by " + by + ", goes on as " + name);
            MailRows.event(
                    tables,
                    item.item().id(),
                    now,
                    EventLines.of("released", exits.get(i).origin(by)));
            exits.get(i).close(tables, parts.bodies()).ifPresent(emptied::add);
        }
        return emptied;
    }

    private Decided discard(List<Long> mails, QuarantineDecision decision, QuarantineState as) {
        List<QuarantineExit> all = exits(mails, decision);
        List<QuarantineExit> open =
                all.stream().filter(exit -> !exit.copies().isEmpty()).toList();
        if (!open.isEmpty()) {
            QuarantineWrites.await(parts.writer()
                    .submit(
                            0,
                            tables -> {
                                long now = parts.clock().millis();
                                List<Long> emptied = new ArrayList<>();
                                for (QuarantineExit exit : open) {
                                    exit.decide(tables, as, RecipientState.DISCARDED, now, decision.by());
                                    exit.note(tables, now, as.word(), "by " + decision.by());
                                    exit.close(tables, parts.bodies()).ifPresent(emptied::add);
                                }
                                return emptied;
                            },
                            emptied -> emptied.forEach(parts.bodies()::forget)));
        }
        return outcome(all, open, 0);
    }

    @Override
    public boolean report(long id, String as, String by) {
        return QuarantineWrites.await(parts.writer()
                .<Boolean>submit(
                        0,
                        tables -> {
                            boolean known = QuarantineRows.report(tables, id, as);
                            long mail = QuarantineRows.ledgerMail(tables, id);
                            if (known && mail != 0) {
                                String words = "number " + id + " as " + as + " by " + by;
                                MailRows.event(tables, mail, parts.clock().millis(), EventLines.of("reported", words));
                            }
                            return known;
                        },
                        known -> {}));
    }

    @Override
    public boolean move(String url, String key, Conversion how) {
        return QuarantineWrites.await(parts.writer()
                .<Boolean>submit(
                        0,
                        tables -> QuarantineArrivals.takeOver(
                                tables,
                                parts,
                                url,
                                key,
                                how,
                                parts.clock().instant().truncatedTo(ChronoUnit.MILLIS)),
                        moved -> {}));
    }
}
