// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.authentication.MessageAuthenticator;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.RefusalPolicy;
import org.amrelay.authentication.TrustedSealers;
import org.amrelay.authentication.report.Disposition;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.james.AnswersLater;
import org.amrelay.james.DmarcFailures;
import org.amrelay.james.DmarcObservations;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.MailContent;
import org.amrelay.james.RelayHook;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.BudgetedDns;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Finds out who sent a message (SPF, DKIM, DMARC, ARC, iprev), writes it on the mail, and may refuse (RFC 7372).
 *
 * <p>All look-ups run side by side; what the DNS does not say in time is a temporary error and no reason to refuse. Mail
 * from accounts is not evaluated. Waits without a thread in our server, with one in a stock James.
 */
public final class Authenticate extends RelayHook<Authenticate.Settings> implements JamesMessageHook, AnswersLater {
    /** What happens with a verdict. */
    public enum Consequence {
        /** It is written on the mail, for mailets and matchers. */
        RECORD,
        /** The message is refused while its sender still listens. */
        REFUSE
    }

    public record Settings(
            @Parameter(description = "how long all look-ups for one message may take together", defaultsTo = "8s")
            Duration budget,

            @Parameter(
                    description = "when DMARC fails and the author's domain asks to reject (550 5.7.26)",
                    defaultsTo = "refuse")
            Consequence dmarcReject,

            @Parameter(description = "when SPF of the envelope sender fails (550 5.7.23)", defaultsTo = "record")
            Consequence spfFail,

            @Parameter(description = "when the client's name does not lead back (550 5.7.25)", defaultsTo = "record")
            Consequence iprevFail,

            @Parameter(
                    description = "domains of forwarders whose ARC seal excuses a DMARC failure",
                    defaultsTo = "",
                    example = "lists.example.org")
            Set<String> trustedSealers,

            @Parameter(
                    description = "clients whose mail is not evaluated: this machine and relays of ours",
                    defaultsTo = "127.0.0.0/8, ::1")
            Set<Network> except) {
        RefusalPolicy policy() {
            return new RefusalPolicy(
                    dmarcReject == Consequence.REFUSE,
                    spfFail == Consequence.REFUSE,
                    iprevFail == Consequence.REFUSE,
                    new TrustedSealers(trustedSealers));
        }
    }

    private final Dns dns;
    private final VerdictLog reports;
    private final Clock clock;

    @Inject
    public Authenticate(Dns dns, VerdictLog reports, Clock clock) {
        this.dns = dns;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return onMessageLater(session, mail).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<HookResult> onMessageLater(SMTPSession session, Mail mail) {
        InetAddress client = session.getRemoteAddress().getAddress();
        boolean excepted = settings().except().stream().anyMatch(network -> network.contains(client));
        return answerLater(
                session,
                () -> excepted || session.isRelayingAllowed()
                        ? CompletableFuture.completedFuture(HookAnswer.pass())
                        : verdict(session, client, mail).thenApply(verdict -> decide(session, mail, verdict)));
    }

    private CompletionStage<MessageVerdict> verdict(SMTPSession session, InetAddress client, Mail mail)
            throws IOException, MessagingException {
        Dns budgeted = new BudgetedDns(dns, settings().budget(), clock);
        Optional<String> helo = session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection);
        return new MessageAuthenticator(budgeted, session.getConfiguration().getHelloName(), clock)
                .evaluate(client, helo.orElse(""), mail.getMaybeSender().asString(""), MailContent.of(mail));
    }

    private HookAnswer decide(SMTPSession session, Mail mail, MessageVerdict verdict) {
        RefusalPolicy policy = settings().policy();
        String receiver = session.getConfiguration().getHelloName();
        Verdicts.attach(verdict.results(receiver, policy.trusted()), mail);
        DmarcObservations.attach(verdict, mail);
        Optional<RefusalPolicy.Refusal> refused = policy.refusal(verdict);
        DmarcFailures.tell(reports, verdict, mail, refused.isPresent(), clock.instant());
        return refused.map(refusal -> {
                    DmarcObservations.of(mail).ifPresent(seen -> reports.record(seen, Disposition.REJECT));
                    return HookAnswer.refuse(refusal.reply(), refusal.cause());
                })
                .orElseGet(HookAnswer::pass);
    }
}
