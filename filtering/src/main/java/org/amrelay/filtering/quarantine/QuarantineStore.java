// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.message.MessageContent;

/**
 * The mails in quarantine, to look at and to decide about.
 *
 * <p>Mail comes in with the transaction that ends its processing. Methods block on the disk; decisions are durable when they
 * return, each with its rows of the ledger in one transaction. Deciding again changes nothing. Safe for several threads.
 */
public interface QuarantineStore {
    /** The attribute, in James' text form, under which a mail knows behind which line it goes on. */
    String GO_ON_AFTER = "org.amrelay.go-on-after";

    /** How many mails, copies and bytes. */
    record Amount(long mails, long recipients, long bytes) {}

    /**
     * A page of mails, the newest first.
     *
     * @param beforeId id of the last one of the page before, {@link Long#MAX_VALUE} for the first page
     */
    List<QuarantinedMail> list(QuarantineFilter filter, long beforeId, int limit);

    /** How much that is; copies are those that are kept. */
    Amount count(QuarantineFilter filter);

    /** Empty when there is none, or not any more. */
    Optional<QuarantinedMail> find(long id);

    /** The mail that has that copy, by the id of a {@link QuarantinedRecipient}. */
    Optional<QuarantinedMail> holding(long copy);

    /** The message as it would go on; empty when everything about it is decided. */
    Optional<MessageContent> content(long id);

    /**
     * Puts mails back into the spool, as new mails for the chosen recipients, whose rows in the ledger become those of the new
     * mails.
     */
    Decided release(QuarantineDecision decision, ReleaseManner manner);

    /** Throws copies away; the ledger says discarded, and by whom. */
    Decided delete(QuarantineDecision decision);

    /** The same for copies that are too old or too many. @param why for the ledger */
    Decided expire(QuarantineDecision decision);

    /** Writes down what a person says that it is, {@code ham} or {@code spam}; false when there is no such mail. */
    boolean report(long id, String as, String by);
}
