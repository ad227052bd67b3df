// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.time.Duration;
import java.util.function.ObjIntConsumer;
import org.amrelay.mail.reply.Reply;

/**
 * Waits for one reply for each recipient that was not refused before the message, in their order (RFC 2033 §4.2).
 *
 * <p>For a message without such recipients there is no reply at all. For one transaction, on its event loop.
 */
final class LmtpReplies {
    /** What a reply means for a recipient; called with its place among all recipients. */
    interface Listener extends ObjIntConsumer<Reply> {}

    private final Dialogue dialogue;
    private final SmtpTimeouts timeouts;
    private final RecipientVerdicts verdicts;
    private final Listener listener;
    private final Runnable whenAllAnswered;

    /** @param verdicts filled by the listener; those that are there already get no reply */
    LmtpReplies(
            Dialogue dialogue,
            SmtpTimeouts timeouts,
            RecipientVerdicts verdicts,
            Listener listener,
            Runnable whenAllAnswered) {
        this.dialogue = dialogue;
        this.timeouts = timeouts;
        this.verdicts = verdicts;
        this.listener = listener;
        this.whenAllAnswered = whenAllAnswered;
    }

    void begin() {
        expect(0, timeouts.block());
    }

    private void expect(int from, Duration within) {
        int index = from;
        while (index < verdicts.count() && !verdicts.isOpen(index)) {
            index++;
        }
        if (index == verdicts.count()) {
            whenAllAnswered.run();
            return;
        }
        int next = index;
        dialogue.expect("the message", within, reply -> {
            listener.accept(reply, next);
            expect(next + 1, timeouts.finalReply());
        });
    }
}
