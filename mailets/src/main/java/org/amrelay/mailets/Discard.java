// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Drops the mail, and writes the rule that wanted it so into the ledger.
 *
 * <p>Nobody is told. James' own {@code Null} drops mail without a reason; use this instead.
 */
public final class Discard extends RelayMailet<Discard.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "name of the rule, as the ledger and the trace shall show it",
                    example = "test mail")
            String rule) {
        /** A rule without a name explains nothing. */
        public Settings {
            if (rule.isBlank()) {
                throw new IllegalArgumentException("'rule' is empty");
            }
        }
    }

    @Override
    protected Action decide(Mail mail, Settings settings) {
        return new Action.End(RecipientState.DISCARDED, settings.rule(), "discarded by a rule");
    }
}
