// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.io.IOException;
import java.util.Optional;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;

/** Where a message keeps the view of its bytes; other bytes make another view. Safe for several threads. */
public final class ViewSlot {
    private Optional<MessageView> kept = Optional.empty();

    /** The view of these bytes, the one from before when they are the same. */
    synchronized MessageView of(MessageContent now, Detaching detaching) throws IOException {
        if (kept.isEmpty() || !SameBytes.in(kept.get().content(), now)) {
            kept = Optional.of(MessageView.of(detaching.detached(now)));
        }
        return kept.get();
    }

    /** Makes of content what may be kept. */
    interface Detaching {
        MessageContent detached(MessageContent content) throws IOException;
    }
}
