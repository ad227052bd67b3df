// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

/** Which deliveries an operator means. */
public sealed interface Selection {
    /** One delivery. */
    record Delivery(long id) implements Selection {}

    /** All deliveries of the mails with that name. */
    record Mail(String name) implements Selection {}

    /** All that the filter finds. */
    record Matching(QueueFilter filter) implements Selection {}
}
