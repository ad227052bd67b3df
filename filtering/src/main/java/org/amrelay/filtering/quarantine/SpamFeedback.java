// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import org.amrelay.mail.message.MessageContent;

/**
 * Hears what people say of mail in quarantine; what learns implements it.
 *
 * <p>What was said is in the quarantine already when this is called. Safe for several threads.
 */
@FunctionalInterface
public interface SpamFeedback {
    /**
     * Learns, or notes to learn later; returns soon.
     *
     * @param spam else it is mail that was wanted
     */
    void learn(QuarantinedMail mail, MessageContent content, boolean spam);

    /** Learns nothing: the wish stays written down at the mail. */
    static SpamFeedback recorded() {
        return (mail, content, spam) -> {};
    }
}
