// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.james.Action;
import org.amrelay.james.Addresses;
import org.amrelay.james.AuthorAddress;
import org.amrelay.james.Jump;
import org.amrelay.james.KeptBack;
import org.amrelay.james.MailQuarantine;
import org.amrelay.james.QuarantineMarks;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.SpamVerdict;
import org.amrelay.james.VirusVerdict;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.Parameter;
import org.apache.mailet.Mail;

/**
 * Keeps mail back until a person decides: {@code amr quarantine}, or the recipient by a link in a digest.
 *
 * <p>Mail that was released is not kept back again for the same reason: it goes on behind this line, or, when this is the
 * last line of its processor, behind the line that sent it here. The same goes for spam from a sender whom the recipient
 * allowed, if DMARC proves the sender.
 */
public final class Quarantine extends RelayMailet<Quarantine.Settings> {
    private static final String SPAM = "spam";

    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "kind of the reason: policy, spam, virus, content or a word of your own",
                    defaultsTo = "policy")
            String reason,

            @Parameter(description = "how long mail is kept before it is thrown away", defaultsTo = "30d")
            Duration retention,

            @Parameter(description = "whether digests tell the recipients", defaultsTo = "true")
            boolean digest,

            @Parameter(
                    description = "whether it may be released; if not, an operator must insist, and mail that was"
                            + " released before is kept back again",
                    defaultsTo = "true")
            boolean releasable) {
        /** Words that storage and the command line can hold. */
        public Settings {
            if (!QuarantineReason.isKind(reason)) {
                throw new IllegalArgumentException("'reason' is not a word of a-z, 0-9 and hyphens");
            }
            if (retention.isZero()) {
                throw new IllegalArgumentException("'retention' is less than 1s");
            }
        }
    }

    private final MailQuarantine quarantine;
    private final AllowedSenders allowed;
    private final Clock clock;

    /** Called by James. */
    @Inject
    public Quarantine(MailQuarantine quarantine, AllowedSenders allowed, Clock clock) {
        this.quarantine = quarantine;
        this.allowed = allowed;
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException {
        boolean released = settings.releasable() && QuarantineMarks.isReleased(mail, settings.reason());
        List<EmailAddress> all =
                mail.getRecipients().stream().map(Addresses::of).toList();
        Optional<EmailAddress> sender = settings.reason().equals(SPAM) ? AuthorAddress.proven(mail) : Optional.empty();
        List<EmailAddress> kept = all.stream()
                .filter(to -> !released
                        && sender.filter(from -> allowed.isAllowed(to, from)).isEmpty())
                .toList();
        if (kept.size() < all.size()) {
            QuarantineMarks.letPass(mail);
        }
        if (kept.isEmpty()) {
            return new Action.Continue(released ? "was released before" : "the recipients allow the sender");
        }
        QuarantineReason reason = reason(mail, settings);
        boolean tells = settings.digest() && !QuarantineMarks.isDigest(mail);
        quarantine.keep(mail, new KeptBack(reason, kept, clock.instant().plus(settings.retention()), tells));
        Action.End end = new Action.End(RecipientState.QUARANTINED, reason.rule(), "kept back as " + reason.kind());
        return kept.size() == all.size()
                ? end
                : new Action.EndSome(
                        kept.stream().collect(Collectors.toMap(Function.identity(), to -> end)), end.reason());
    }

    private static QuarantineReason reason(Mail mail, Settings settings) {
        Optional<Jump> sentBy = Jump.of(mail);
        Optional<VirusVerdict> virus = VirusVerdict.of(mail).filter(found -> found.kind() != VirusVerdict.Kind.CLEAN);
        return new QuarantineReason(
                settings.reason(),
                sentBy.map(Jump::rule).orElse("Quarantine"),
                sentBy.map(Jump::reason).filter(text -> !text.isEmpty()).orElse("kept back by the configuration"),
                SpamVerdict.of(mail)
                        .map(SpamVerdict::score)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                virus.map(VirusVerdict::engine).orElse(""),
                settings.releasable());
    }
}
