// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.inject.Inject;
import org.amrelay.authentication.client.SenderDomainEvaluator;
import org.amrelay.authentication.client.SenderDomainEvaluator.Finding;
import org.amrelay.james.AnswersLater;
import org.amrelay.james.ClientScore;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.dns.BudgetedDns;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Asks whether mail could be sent back to the sender's domain (RFC 5321 §5.1, RFC 7505).
 *
 * <p>Asks as soon as the sender is named and decides at the end of the message. What the DNS does not say in time counts
 * nothing. Waits without a thread in our server, with one in a stock James.
 */
public final class CheckSenderDomain extends RelayHook<CheckSenderDomain.Settings>
        implements MailHook, JamesMessageHook, AnswersLater, DoesNotBlock {
    public record Settings(
            @Parameter(description = "whether a domain that takes no mail is refused (550 5.7.27)", defaultsTo = "true")
            boolean refuseNullMx,

            @Parameter(
                    description = "whether a domain that mail cannot be sent to is refused (550 5.1.8)",
                    defaultsTo = "false")
            boolean refuseUnreachable,

            @Parameter(description = "points for either when it is not refused", defaultsTo = "1")
            double points,

            @Parameter(description = "how long the DNS has to answer", defaultsTo = "3s")
            Duration budget) {}

    private final Dns dns;
    private final Clock clock;

    @Inject
    public CheckSenderDomain(Dns dns, Clock clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /** The answers are in the cache when they are needed. */
    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return answer(session, () -> {
            find(session, sender, dns);
            return HookAnswer.pass();
        });
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return onMessageLater(session, mail).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<HookResult> onMessageLater(SMTPSession session, Mail mail) {
        Dns budgeted = new BudgetedDns(dns, settings().budget(), clock);
        return answerLater(
                session,
                () -> find(session, mail.getMaybeSender(), budgeted).thenApply(finding -> decide(finding, mail)));
    }

    private static CompletionStage<Finding> find(SMTPSession session, MaybeSender sender, Dns names) {
        boolean trusted = session.isRelayingAllowed()
                || session.getRemoteAddress().getAddress().isLoopbackAddress();
        return sender.asOptional()
                .filter(address -> !trusted)
                .map(address -> new SenderDomainEvaluator(names)
                        .evaluate(address.getDomain().asString()))
                .orElseGet(() -> CompletableFuture.completedFuture(Finding.REACHABLE));
    }

    private HookAnswer decide(Finding finding, Mail mail) {
        if (finding == Finding.NULL_MX && settings().refuseNullMx()) {
            return HookAnswer.refuse(Reply.of(550, "5.7.27", "the sender's domain takes no mail"), "null MX");
        }
        if (finding == Finding.UNREACHABLE && settings().refuseUnreachable()) {
            return HookAnswer.refuse(
                    Reply.of(550, "5.1.8", "the sender's domain cannot be found"), "no MX, no address");
        }
        if (finding != Finding.REACHABLE) {
            ClientScore.add(settings().points(), "no mail can be sent back to the sender's domain", mail);
        }
        return HookAnswer.pass();
    }
}
