// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.james.Action;
import org.amrelay.james.MailHeader;
import org.amrelay.james.MailOrigin;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.SpamVerdict;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Gives mail its spam points ({@code conf/spam.yaml}) and writes them into the header of what comes from strangers, in the
 * place of what others wrote there: X-Spam-Flag, X-Spam-Score and X-Spam-Status. The points that the hook RefuseSpam gave stay.
 *
 * <p>Mail of accounts is scored by its own weights and gets no fields. Looks nothing up; does not block.
 */
public final class ScoreSpam extends RelayMailet<ScoreSpam.Settings> {
    private static final String OURS = "x-spam-";

    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "whether the points go into the header of mail from strangers",
                    defaultsTo = "true")
            boolean header) {}

    private final SpamScorer scorer;
    private final Clock clock;

    @Inject
    public ScoreSpam(SpamScorer scorer, Clock clock) {
        this.scorer = scorer;
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException {
        var origin = MailOrigin.of(mail, clock.instant());
        Optional<SpamVerdict> known = SpamVerdict.of(mail);
        SpamVerdict verdict = known.isPresent()
                ? known.get()
                : SpamVerdict.of(scorer.score(MessageView.of(bytesOf(mail), Specimen.limits()), origin));
        verdict.attach(mail);
        if (origin.outbound() || !settings.header()) {
            return new Action.Continue(verdict.toString());
        }
        List<HeaderField> fields = new ArrayList<>(MailHeader.whole(mail).fields());
        fields.removeIf(field -> field.key().startsWith(OURS));
        fields.add(0, HeaderField.of("X-Spam-Status: " + status(verdict)));
        fields.add(0, HeaderField.of(String.format(Locale.ROOT, "X-Spam-Score: %.1f", verdict.score())));
        fields.add(0, HeaderField.of("X-Spam-Flag: " + (verdict.isSpam() ? "YES" : "NO")));
        return new Action.Rehead(fields, verdict.toString());
    }

    /** One test a line, so that no line is too long. */
    private static String status(SpamVerdict verdict) {
        return String.format(
                Locale.ROOT,
                "%s, score=%.1f required=%.1f%s",
                verdict.isSpam() ? "Yes" : "No",
                verdict.score(),
                verdict.required(),
                verdict.tests().isEmpty() ? "" : "\r\n\ttests=" + String.join(",\r\n\t ", verdict.tests()));
    }
}
