// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.reply.Reply;

/**
 * One row of the ledger.
 *
 * @param id of the row
 * @param changedAt when the row last changed
 * @param by the rule, mailet or operator that decided, empty text when delivery did
 * @param lastReply what the last attempt said
 * @param peer {@code host[address]:port} of the last attempt, or empty text
 * @param tls protocol and cipher of the last attempt, or empty text
 * @param inDoubt an answer was lost: the peer may have taken it
 * @param parent the row that became this one
 */
public record RecipientTrace(
        long id,
        EmailAddress address,
        RecipientState state,
        Instant changedAt,
        String by,
        Optional<Reply> lastReply,
        String peer,
        String tls,
        boolean inDoubt,
        OptionalLong parent) {}
