// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.RecipientFates;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * The spool items that are being processed, found by the mail or by the thread that works on them.
 *
 * <p>A mail that came from the item, or was split or copied from such a mail, carries the item's number as an attribute.
 * A mail that a mailet writes afresh does not; it belongs to the item that its thread works on. Safe for several threads.
 */
public final class OpenItems implements DeliveryHandOver, RecipientFates {
    /** The number of the open item; means nothing outside of processing and is never stored. */
    static final AttributeName ITEM = AttributeName.of("org.amrelay.spool-item");

    private final ConcurrentMap<Long, OpenItem> open = new ConcurrentHashMap<>();
    private final ThreadLocal<Optional<OpenItem>> current = ThreadLocal.withInitial(Optional::empty);

    @Inject
    public OpenItems() {}

    /** Opens an item for the calling thread, which must {@link #end} it. */
    public OpenItem begin(SpoolItem item) {
        return begin(item, LineObserver.NOBODY);
    }

    /** The same with somebody who looks on. */
    public OpenItem begin(SpoolItem item, LineObserver observer) {
        OpenItem opened = new OpenItem(item, observer);
        open.put(item.id(), opened);
        current.set(Optional.of(opened));
        return opened;
    }

    /** Marks a mail as one of the item. */
    public void attach(Mail mail, OpenItem item) {
        mail.setAttribute(new Attribute(ITEM, AttributeValue.of(item.item().id())));
    }

    /** What is noted from now on for the item gets lost. */
    public void end(OpenItem item) {
        open.remove(item.item().id());
        current.remove();
    }

    /** The item to which effects of the mail belong; empty when nothing is being processed here. */
    public Optional<OpenItem> of(Mail mail) {
        return mail.getAttribute(ITEM)
                .flatMap(attribute -> attribute.getValue().valueAs(Long.class))
                .flatMap(id -> Optional.ofNullable(open.get(id)))
                .or(current::get);
    }

    /** How many items are being processed. */
    public int count() {
        return open.size();
    }

    @Override
    public void handOver(Mail mail, List<NewDelivery> deliveries) throws MessagingException {
        OpenItem item = of(mail).orElseThrow(() -> new MessagingException(
                mail.getName() + " is not in processing; only the spooler hands mail to delivery"));
        item.handOver(mail, deliveries);
    }

    @Override
    public void note(Mail mail, EmailAddress recipient, RecipientState state, String by, List<EmailAddress> becomes) {
        of(mail).ifPresent(item -> item.fate(new RecipientFate(recipient, state, by, becomes)));
    }
}
