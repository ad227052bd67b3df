// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.inject.Inject;
import org.amrelay.authentication.greylist.Greylist;
import org.amrelay.authentication.greylist.GreylistSettings;
import org.amrelay.authentication.greylist.GreylistStore;
import org.amrelay.james.AnswersLater;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.RelayHook;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has strangers come back once (greylisting, RFC 6647): 451 4.7.1 to the first attempt of a network, sender and recipients.
 *
 * <p>Not part of the shipped configuration, because it delays first letters. Networks that came back often enough are let
 * in at once. When the storage does not answer, mail comes in. Waits without a thread in our server.
 */
public final class DeferStrangers extends RelayHook<DeferStrangers.Settings>
        implements JamesMessageHook, AnswersLater, DoesNotBlock {
    public record Settings(
            @Parameter(description = "how long to stay away at least", defaultsTo = "5m")
            Duration delay,

            @Parameter(description = "how long to come back at most", defaultsTo = "2d")
            Duration window,

            @Parameter(description = "how long those are known who came back", defaultsTo = "36d")
            Duration memory,

            @Parameter(description = "bits of an IPv4 address that count", defaultsTo = "24", min = 8, max = 32)
            int prefix4,

            @Parameter(description = "bits of an IPv6 address that count", defaultsTo = "64", min = 16, max = 128)
            int prefix6,

            @Parameter(
                    description = "a network that came back so often is let in at once; 0: never",
                    defaultsTo = "5",
                    min = 0)
            int autoAllow,

            @Parameter(description = "clients that need not come back", defaultsTo = "127.0.0.0/8, ::1")
            Set<Network> except) {
        /** Durations that contradict each other are found before the first message. */
        public Settings {
            except = Set.copyOf(except);
            if (window.compareTo(delay) <= 0 || memory.compareTo(window) < 0) {
                throw new IllegalArgumentException("'delay' is shorter than 'window', and that than 'memory'");
            }
        }

        GreylistSettings rules() {
            return new GreylistSettings(delay, window, memory, prefix4, prefix6, autoAllow);
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(DeferStrangers.class);

    private final GreylistStore store;
    private final Clock clock;

    @Inject
    public DeferStrangers(GreylistStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return onMessageLater(session, mail).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<HookResult> onMessageLater(SMTPSession session, Mail mail) {
        InetAddress client = session.getRemoteAddress().getAddress();
        boolean known = session.isRelayingAllowed()
                || settings().except().stream().anyMatch(network -> network.contains(client));
        return answerLater(
                session, () -> known ? CompletableFuture.completedFuture(HookAnswer.pass()) : meet(client, mail));
    }

    private CompletionStage<HookAnswer> meet(InetAddress client, Mail mail) {
        List<String> recipients =
                mail.getRecipients().stream().map(MailAddress::asString).toList();
        return new Greylist(store, settings().rules())
                .meet(client, mail.getMaybeSender().asString(""), recipients, clock.instant())
                .exceptionally(failure -> {
                    LOGGER.warn("{} comes in, the greylist does not answer: {}", mail.getName(), failure.toString());
                    return Optional.empty();
                })
                .thenApply(wait -> wait.map(DeferStrangers::comeBack).orElseGet(HookAnswer::pass));
    }

    private static HookAnswer comeBack(Duration wait) {
        String text = "greylisted, come back in " + Math.max(1, wait.toSeconds()) + " seconds";
        return HookAnswer.refuse(Reply.of(451, "4.7.1", text), "not seen before");
    }
}
