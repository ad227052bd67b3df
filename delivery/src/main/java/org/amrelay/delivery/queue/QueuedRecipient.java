// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.util.Optional;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;

/**
 * A recipient that waits for delivery.
 *
 * @param id its row in the ledger
 * @param lastReply what the last attempt said, empty before the first
 */
public record QueuedRecipient(long id, EnvelopeRecipient recipient, Optional<Reply> lastReply) {}
