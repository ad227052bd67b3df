// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.mail.MessagingException;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.queue.api.ManageableMailQueue.DefaultMailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mails of a queue in the order in which they would be taken: by priority, then by age.
 *
 * <p>Notes only number and priority of each item at the start (some bytes a mail) and reads the mails as it comes to
 * them; those that have gone by then are passed over. For one thread.
 */
final class QueueBrowser implements MailQueueIterator {
    private static final int PAGE = 200;
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueBrowser.class);

    private record Place(long id, int priority) {}

    private final Spool spool;
    private final String queue;
    private final Iterator<Place> places;
    private @Nullable MailQueueItemView following;

    QueueBrowser(Spool spool, String queue) {
        this.spool = spool;
        this.queue = queue;
        this.places = places(spool, queue).iterator();
    }

    private static List<Place> places(Spool spool, String queue) {
        List<Place> places = new ArrayList<>();
        long last = 0;
        List<SpoolItem> page = spool.browse(queue, last, PAGE);
        while (!page.isEmpty()) {
            for (SpoolItem item : page) {
                places.add(new Place(item.id(), item.priority()));
                last = item.id();
            }
            page = spool.browse(queue, last, PAGE);
        }
        // Sorting keeps the order of arrival among equals
        places.sort(Comparator.comparingInt(Place::priority).reversed());
        return places;
    }

    @Override
    public boolean hasNext() {
        while (following == null && places.hasNext()) {
            following = read(places.next().id()).orElse(null);
        }
        return following != null;
    }

    @Override
    public MailQueueItemView next() {
        if (!hasNext() || following == null) {
            throw new NoSuchElementException("the end of " + queue);
        }
        MailQueueItemView view = following;
        following = null;
        return view;
    }

    private Optional<MailQueueItemView> read(long id) {
        return spool.browse(queue, id - 1, 1).stream()
                .filter(item -> item.id() == id)
                .findFirst()
                .flatMap(this::view);
    }

    private Optional<MailQueueItemView> view(SpoolItem item) {
        try {
            return Optional.of(new DefaultMailQueueItemView(
                    MailCodec.toMail(item.mail()),
                    Optional.of(item.notBefore())
                            .filter(due -> due.isAfter(Instant.EPOCH))
                            .map(due -> due.atZone(ZoneOffset.UTC))));
        } catch (MessagingException unreadable) {
            LOGGER.error("{} in {} cannot be read back", item.mail().name(), queue, unreadable);
            return Optional.empty();
        }
    }

    @Override
    public void close() {}
}
