// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.time.Clock;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.spam.SpamScore;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.MailContent;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.MailOrigin;
import org.amrelay.james.RelayHook;
import org.amrelay.james.SpamVerdict;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Refuses spam beyond doubt while its sender still listens (550 5.7.1), so that the sender of wanted mail hears of a mistake; writes
 * the points on all other mail for the mailet ScoreSpam.
 *
 * <p>Mail of accounts passes. Stands behind Authenticate. Reads the message; does not wait for anything else.
 */
public final class RefuseSpam extends RelayHook<RefuseSpam.Settings> implements JamesMessageHook {
    public record Settings(
            @Parameter(description = "points; a message with more is refused", defaultsTo = "20")
            double above) {}

    private final SpamScorer scorer;
    private final Clock clock;

    @Inject
    public RefuseSpam(SpamScorer scorer, Clock clock) {
        this.scorer = scorer;
        this.clock = clock;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return answer(session, () -> MailEnvelope.account(mail).isPresent() ? HookAnswer.pass() : decide(mail));
    }

    private HookAnswer decide(Mail mail) throws MessagingException {
        SpamScore score = scorer.score(
                MessageView.of(MailContent.of(mail), Specimen.limits()), MailOrigin.of(mail, clock.instant()));
        SpamVerdict.of(score).attach(mail);
        return score.score() > settings().above()
                ? HookAnswer.refuse(Reply.of(550, "5.7.1", "The message looks like spam"), score.toString())
                : HookAnswer.pass();
    }
}
