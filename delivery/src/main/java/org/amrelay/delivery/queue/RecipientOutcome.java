// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;

/**
 * What one attempt meant for one recipient.
 *
 * @param recipientId its row in the ledger
 * @param state {@code QUEUED} to try again, {@code HELD} to wait for an operator because it is in doubt, or a final state
 * @param reply what the peer said, or what we say where no peer answered (always with an enhanced code then)
 * @param peer {@code host[address]:port}, or empty text when there was no connection
 * @param tls protocol, cipher, what is known of the server, and in parentheses the policy; {@code none:} with the reason; or
 *     empty text for plain text that no policy speaks of
 * @param inDoubt the whole message was sent and the answer was lost: the peer may have taken it
 */
public record RecipientOutcome(
        long recipientId, RecipientState state, Reply reply, String peer, String tls, boolean inDoubt) {}
