// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.recipient;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where one recipient of one accepted mail stands; the ledger holds exactly one of these per recipient.
 *
 * <p>Legal steps are {@link #mayBecome}. The number is what storage writes and never changes its meaning.
 */
public enum RecipientState {
    /** In the spool: 250 was said, processing has not ended. */
    ACCEPTED(0, false),
    /** Handed to delivery; waits for an attempt or is in one. */
    QUEUED(1, false),
    /** Kept back by an operator or a policy until released. */
    HELD(2, false),
    /** The next hop took responsibility with a 2xx. */
    DELIVERED(10, true),
    /** Refused for good; the sender was told where that is allowed. */
    BOUNCED(11, true),
    /** Retried until the schedule ended; the sender was told where that is allowed. */
    EXPIRED(12, true),
    /** Kept back for good unless somebody releases it, which expands it, or deletes it. */
    QUARANTINED(13, true),
    /** Dropped on purpose by a rule, which the ledger names. */
    DISCARDED(14, true),
    /** Replaced by other recipients (alias, forward, group), each with a row of its own. */
    EXPANDED(15, true),
    /** Taken out of the queue by an operator. */
    CANCELLED(16, true);

    private final int number;
    private final boolean isFinal;

    RecipientState(int number, boolean isFinal) {
        this.number = number;
        this.isFinal = isFinal;
    }

    /** The number in storage. */
    public int number() {
        return number;
    }

    /** Whether nothing more will happen to the recipient by itself; a person may still open the quarantine. */
    public boolean isFinal() {
        return isFinal;
    }

    /**
     * The state with that number.
     *
     * @throws IllegalArgumentException for a number of no state, as a newer version may have written
     */
    public static RecipientState ofNumber(int number) {
        for (RecipientState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new IllegalArgumentException("no recipient state has the number " + number);
    }

    /** Whether the ledger may step from this state to the next. */
    public boolean mayBecome(RecipientState next) {
        return successors().contains(next);
    }

    private Set<RecipientState> successors() {
        return switch (this) {
            case ACCEPTED -> EnumSet.of(QUEUED, HELD, BOUNCED, QUARANTINED, DISCARDED, EXPANDED, CANCELLED);
            case QUEUED -> EnumSet.of(QUEUED, HELD, DELIVERED, BOUNCED, EXPIRED, DISCARDED, CANCELLED);
            case HELD -> EnumSet.of(QUEUED, CANCELLED, EXPIRED);
            case QUARANTINED -> EnumSet.of(EXPANDED, DISCARDED);
            default -> EnumSet.noneOf(RecipientState.class);
        };
    }
}
