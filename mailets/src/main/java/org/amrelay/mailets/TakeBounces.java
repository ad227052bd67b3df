// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.ReturnPaths;
import org.amrelay.james.SentMail;
import org.apache.mailet.Mail;

/**
 * Reads mail that came to a return path of this relay's or to an address for complaints, and sends it on to the sender
 * whom it concerns.
 *
 * <p>What it says is written into the story of the mail that it is about and, for mail of an account that really went to
 * that recipient, into the suppression list. Says nothing itself. Blocks on the disk.
 */
public final class TakeBounces extends RelayMailet<TakeBounces.Settings> {
    /** No parameters. */
    public record Settings() {}

    private final BounceIntake intake;

    /** Called by James. */
    @Inject
    public TakeBounces(ReturnPaths paths, SentMail sent, SuppressionLearner learner) {
        this.intake = new BounceIntake(paths, sent, learner);
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        BounceIntake.Taken taken = intake.take(mail);
        return taken.becomes().isEmpty()
                ? new Action.Continue(taken.summary())
                : new Action.Change(taken.becomes(), taken.summary());
    }
}
