// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Instant;
import java.util.Optional;
import org.amrelay.delivery.route.NextHop;

/**
 * Conditions on deliveries that wait; all given ones must hold.
 *
 * <p>Whole addresses, a domain and an account are found by an index; other conditions look at everything that waits.
 *
 * @param nextHop that place exactly
 * @param senderContains part of the sender's address, in any case
 * @param recipientContains part of a recipient's address, in any case
 * @param held only held ones, or only others
 * @param domain the domain of a recipient, whole
 * @param account the account that submitted the mail, whole
 * @param acceptedBefore accepted before that time
 * @param replyContains part of the last reply about a recipient, in any case
 * @param sender the sender's address, whole, in any case
 * @param recipient a recipient's address, whole, in any case
 * @param heldBy who decided last about a recipient, as the ledger names him
 */
public record QueueFilter(
        Optional<NextHop> nextHop,
        Optional<String> senderContains,
        Optional<String> recipientContains,
        Optional<Boolean> held,
        Optional<String> domain,
        Optional<String> account,
        Optional<Instant> acceptedBefore,
        Optional<String> replyContains,
        Optional<String> sender,
        Optional<String> recipient,
        Optional<String> heldBy) {
    /** All conditions but who holds. */
    public QueueFilter(
            Optional<NextHop> nextHop,
            Optional<String> senderContains,
            Optional<String> recipientContains,
            Optional<Boolean> held,
            Optional<String> domain,
            Optional<String> account,
            Optional<Instant> acceptedBefore,
            Optional<String> replyContains,
            Optional<String> sender,
            Optional<String> recipient) {
        this(
                nextHop,
                senderContains,
                recipientContains,
                held,
                domain,
                account,
                acceptedBefore,
                replyContains,
                sender,
                recipient,
                Optional.empty());
    }

    /** The first conditions only. */
    public QueueFilter(
            Optional<NextHop> nextHop,
            Optional<String> senderContains,
            Optional<String> recipientContains,
            Optional<Boolean> held) {
        this(
                nextHop,
                senderContains,
                recipientContains,
                held,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What waits of an account's mail. */
    public static QueueFilter ofAccount(String account, Optional<Boolean> held, Optional<String> heldBy) {
        Optional<String> any = Optional.empty();
        return new QueueFilter(
                Optional.empty(), any, any, held, any, Optional.of(account), Optional.empty(), any, any, any, heldBy);
    }

    /** Everything that waits. */
    public static QueueFilter all() {
        return new QueueFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
