// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import java.util.Map;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.ProcessorName;

/**
 * What a mailet decided about a mail; {@link RelayMailet} performs and logs it.
 *
 * <p>Immutable.
 */
public sealed interface Action {
    /** Why, for the log and the trace: part of a sentence, without secrets and without message content. */
    String reason();

    /** Goes on with the next mailet. */
    record Continue(String reason) implements Action {}

    /** Goes on in another processor. */
    record GoTo(ProcessorName processor, String reason) implements Action {}

    /**
     * Replaces recipients and goes on with the next mailet.
     *
     * @param becomes for each recipient that is replaced the ones in its place; the others stay
     */
    record Change(Map<EmailAddress, List<EmailAddress>> becomes, String reason) implements Action {
        public Change {
            becomes = Map.copyOf(becomes);
        }
    }

    /**
     * Gives the mail another message, byte for byte, and goes on with the next mailet.
     *
     * @param message lives as long as the mail
     */
    record Remake(MessageContent message, String reason) implements Action {}

    /**
     * Ends the mail for all its recipients in a state that the ledger keeps.
     *
     * @param state final, such as {@code DISCARDED} or {@code BOUNCED}
     * @param by the rule that the ledger names
     */
    record End(RecipientState state, String by, String reason) implements Action {
        public End {
            if (!RecipientState.ACCEPTED.mayBecome(state) || !state.isFinal()) {
                throw new IllegalArgumentException("processing cannot end a recipient as " + state);
            }
        }
    }

    /** The mailet has handed the mail on, and whoever took it answers for the recipients now. */
    record TakeOver(String reason) implements Action {}

    /** Something that the mailet needs does not work now. */
    record TryLater(String reason) implements Action {}
}
