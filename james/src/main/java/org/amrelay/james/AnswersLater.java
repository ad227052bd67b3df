// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.concurrent.CompletionStage;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.mailet.Mail;

/**
 * A message hook that may wait for the network without a thread that waits with it.
 *
 * <p>Our SMTP server calls this method instead of {@code onMessage}; a stock James does not know it.
 */
public interface AnswersLater {
    /**
     * Decides about the message.
     *
     * @return completes normally, on any thread
     */
    CompletionStage<HookResult> onMessageLater(SMTPSession session, Mail mail);
}
