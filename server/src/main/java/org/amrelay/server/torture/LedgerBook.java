// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.ledger.Audit;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.ledger.QueueEntry;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.RecipientTrace;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;

/** Reads a dead relay's ledger straight from its storage. */
final class LedgerBook {
    private static final int PAGE = 1000;
    private static final long PATIENCE_SECONDS = 60;

    private final Path data;
    private final Clock clock;

    LedgerBook(Path data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    /** Makes the two domains of the load ours. */
    void prepare() {
        try (RelayStorage storage = RelayStorage.openSqlite(data, clock)) {
            storage.domains().add(TortureMail.HERE);
            storage.domains().add(TortureMail.THERE);
        }
    }

    /**
     * All recipients that wait in spool or queue.
     *
     * @param makeDue whether those that wait for a later attempt shall be due at the next start
     */
    List<EmailAddress> waiting(boolean makeDue) {
        try (RelayStorage storage = RelayStorage.openSqlite(data, clock)) {
            List<EmailAddress> waiting = new ArrayList<>();
            long last = 0;
            for (List<SpoolItem> page = storage.spool().browse(Spool.MAIN, 0, PAGE);
                    !page.isEmpty();
                    page = storage.spool().browse(Spool.MAIN, last, PAGE)) {
                page.forEach(item -> item.mail().envelope().recipients().stream()
                        .map(EnvelopeRecipient::address)
                        .forEach(waiting::add));
                last = page.get(page.size() - 1).id();
            }
            last = 0;
            for (List<QueueEntry> page = storage.ledger().queued(QueueFilter.all(), 0, PAGE);
                    !page.isEmpty();
                    page = storage.ledger().queued(QueueFilter.all(), last, PAGE)) {
                page.forEach(entry ->
                        entry.recipients().stream().map(RecipientTrace::address).forEach(waiting::add));
                last = page.get(page.size() - 1).id();
            }
            if (makeDue) {
                retryAll(storage);
            }
            return waiting;
        }
    }

    private static void retryAll(RelayStorage storage) {
        try {
            var unused = storage.ledger()
                    .retry(new Selection.Matching(QueueFilter.all()), "torture")
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the ledger does not let mail be tried again", failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Everything the ledger knows in the end.
     *
     * @param rows all rows of an address; more than one means that a mail was entered twice
     */
    record Closing(Map<EmailAddress, List<RecipientTrace>> rows, Audit audit) {}

    Closing close() {
        try (RelayStorage storage = RelayStorage.openSqlite(data, clock)) {
            Map<EmailAddress, List<RecipientTrace>> rows = new HashMap<>();
            long last = Long.MAX_VALUE;
            for (List<MailTrace> page = storage.ledger().recent(last, PAGE);
                    !page.isEmpty();
                    page = storage.ledger().recent(last, PAGE)) {
                page.forEach(mail -> mail.recipients()
                        .forEach(row -> rows.computeIfAbsent(row.address(), address -> new ArrayList<>(1))
                                .add(row)));
                last = page.get(page.size() - 1).id();
            }
            return new Closing(rows, storage.ledger().audit());
        }
    }
}
