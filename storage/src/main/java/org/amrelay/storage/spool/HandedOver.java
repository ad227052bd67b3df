// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import java.util.Optional;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.MessageContent;

/**
 * A delivery that processing asks for.
 *
 * @param sender of the envelope as it goes out, which processing may have changed
 * @param changedContent what goes out when it differs from what came in; deliveries that share the object share the stored
 *     bytes. Storage keeps only the difference when just the header differs.
 * @param heldBy who holds it: then it waits for an operator's release instead of being tried
 */
public record HandedOver(
        NewDelivery delivery, ReversePath sender, Optional<MessageContent> changedContent, Optional<String> heldBy) {
    /** A delivery of the mail with the content it came with. */
    public static HandedOver unchanged(NewDelivery delivery, ReversePath sender) {
        return new HandedOver(delivery, sender, Optional.empty(), Optional.empty());
    }

    /** A delivery of other content than came in. */
    public static HandedOver changed(NewDelivery delivery, ReversePath sender, MessageContent content) {
        return new HandedOver(delivery, sender, Optional.of(content), Optional.empty());
    }

    public boolean held() {
        return heldBy.isPresent();
    }
}
