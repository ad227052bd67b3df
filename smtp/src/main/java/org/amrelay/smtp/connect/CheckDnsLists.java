// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.connect;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.inject.Inject;
import org.amrelay.authentication.client.DnsList;
import org.amrelay.authentication.client.DnsListEvaluator;
import org.amrelay.authentication.client.DnsListEvaluator.Standing;
import org.amrelay.james.AnswersLater;
import org.amrelay.james.ClientScore;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.BudgetedDns;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;

/**
 * Asks lists in the DNS about a client (RFC 5782), adds up what they are worth, and may refuse from a sum on.
 *
 * <p>Asks all lists as soon as the client connects and decides at the end of the message. A list that does not answer in
 * time counts nothing. Without a sum to refuse at, the points are only written on the mail. Waits without a thread in our
 * server, with one in a stock James.
 */
public final class CheckDnsLists extends RelayHook<CheckDnsLists.Settings>
        implements ConnectHandler<SMTPSession>, JamesMessageHook, AnswersLater, DoesNotBlock {
    public record Settings(
            @Parameter(
                    description = "lists as zone=weight or zone:codes=weight; below zero for lists of good clients",
                    example = "bl.example.org=2, bl.example.net:127.0.0.2=1.5, wl.example.org=-3")
            List<DnsList> lists,

            @Parameter(description = "points from which on a client is refused (554 5.7.1); 0: never", defaultsTo = "0")
            double refuseFrom,

            @Parameter(description = "how long the lists have to answer", defaultsTo = "3s")
            Duration budget,

            @Parameter(description = "clients that are not asked about", defaultsTo = "127.0.0.0/8, ::1")
            Set<Network> except) {}

    private final Dns dns;
    private final Clock clock;

    @Inject
    public CheckDnsLists(Dns dns, Clock clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /** The answers are in the cache when they are needed. */
    @Override
    public @Nullable Response onConnect(SMTPSession session) {
        standing(session, dns);
        return null;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return onMessageLater(session, mail).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<HookResult> onMessageLater(SMTPSession session, Mail mail) {
        Dns budgeted = new BudgetedDns(dns, settings().budget(), clock);
        return answerLater(session, () -> standing(session, budgeted).thenApply(standing -> decide(standing, mail)));
    }

    private CompletionStage<Standing> standing(SMTPSession session, Dns names) {
        InetAddress client = session.getRemoteAddress().getAddress();
        boolean excepted = session.isRelayingAllowed()
                || settings().except().stream().anyMatch(network -> network.contains(client));
        return excepted
                ? CompletableFuture.completedFuture(new Standing(0, List.of()))
                : new DnsListEvaluator(names).evaluate(client, settings().lists());
    }

    private HookAnswer decide(Standing standing, Mail mail) {
        String lists = String.join(", ", standing.lists());
        if (settings().refuseFrom() > 0 && standing.score() >= settings().refuseFrom()) {
            return HookAnswer.refuse(
                    Reply.of(554, "5.7.1", "your address is listed in " + lists), standing.score() + " points");
        }
        if (!lists.isEmpty()) {
            ClientScore.add(standing.score(), "listed in " + lists, mail);
        }
        return HookAnswer.pass();
    }
}
