// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import java.util.Optional;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.mail.message.MessageView;

/** Takes what people say of single messages. Safe for several threads. */
@FunctionalInterface
public interface SpamLessons {
    /**
     * Learns one message.
     *
     * @param account that says so; empty when it is the relay's operator
     * @return whether it was learned
     */
    boolean teach(MessageView view, KnownOrigin origin, boolean isSpam, Optional<String> account);

    /** Learns nothing, and says so. */
    static SpamLessons none() {
        return (view, origin, isSpam, account) -> false;
    }
}
