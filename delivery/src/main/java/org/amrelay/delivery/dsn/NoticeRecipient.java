// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;

/**
 * A recipient that a notice tells of.
 *
 * @param reply the last words about it
 * @param peer {@code host[address]:port} that spoke them, or empty text when they are ours
 */
public record NoticeRecipient(EnvelopeRecipient recipient, Reply reply, String peer) {}
