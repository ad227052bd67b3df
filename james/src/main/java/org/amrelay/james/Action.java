// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.HeaderField;
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
     * Gives the message another header and goes on with the next mailet; the body stays as it is.
     *
     * @param fields all of them, in their order
     */
    record Rehead(List<HeaderField> fields, String reason) implements Action {
        public Rehead {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Goes on under another envelope sender.
     *
     * @param envelopeId ENVID for a mail that has none (RFC 3461 §4.4), so that notices tell which mail they are about
     * @param each senders for single recipients, which are then delivered to apart; the others share the sender
     */
    record ChangeSender(
            EmailAddress sender, Optional<String> envelopeId, Map<EmailAddress, EmailAddress> each, String reason)
            implements Action {
        public ChangeSender {
            each = Map.copyOf(each);
        }

        /** The same sender for all. */
        public ChangeSender(EmailAddress sender, Optional<String> envelopeId, String reason) {
            this(sender, envelopeId, Map.of(), reason);
        }
    }

    /**
     * Gives the mail another message, byte for byte, and goes on with the next mailet.
     *
     * @param message lives as long as the mail
     */
    record Remake(MessageContent message, String reason) implements Action {}

    /**
     * Does several things one after the other; where a step takes the mail elsewhere it is the last.
     *
     * @param steps none: the reason alone is worth a line in the log
     */
    record Together(List<Action> steps, String reason) implements Action {
        public Together {
            steps = List.copyOf(steps);
        }
    }

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

    /**
     * Ends the mail for some recipients and goes on with the next mailet for the others.
     *
     * @param ended the end of each recipient that is concerned
     */
    record EndSome(Map<EmailAddress, End> ended, String reason) implements Action {
        public EndSome {
            ended = Map.copyOf(ended);
        }
    }

    /** The mailet has handed the mail on, and whoever took it answers for the recipients now. */
    record TakeOver(String reason) implements Action {}

    /**
     * The mailet has handed the mail on for some recipients, as in {@link TakeOver}, and ends it for the others.
     *
     * @param ended the end of each recipient that nobody took
     */
    record TakeOverSome(Map<EmailAddress, End> ended, String reason) implements Action {
        public TakeOverSome {
            ended = Map.copyOf(ended);
        }
    }

    /**
     * Goes on with the next mailet; what is delivered of it in the end waits until a person releases or cancels it.
     *
     * @param by who holds it, for the ledger
     */
    record Hold(String by, String reason) implements Action {}

    /** Something that the mailet needs does not work now. */
    record TryLater(String reason) implements Action {}

    /**
     * The mail waits for a program beside the relay that does not answer now. Unlike {@link TryLater} that says nothing
     * about the mail: it never leads to giving up.
     *
     * @param atMost after that long it is looked at again, when nobody has seen the program come back before
     */
    record Await(String reason, Duration atMost) implements Action {}
}
