// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.arc.ArcEvaluator;
import org.amrelay.authentication.arc.ArcResult;
import org.amrelay.authentication.dkim.DkimEvaluator;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.DmarcEvaluator;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.iprev.IprevEvaluator;
import org.amrelay.authentication.iprev.IprevResult;
import org.amrelay.authentication.spf.SpfEvaluator;
import org.amrelay.authentication.spf.SpfQuery;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Evaluates everything that says who sent a message, with all look-ups side by side.
 *
 * <p>Safe for several threads.
 */
public final class MessageAuthenticator {
    private final IprevEvaluator iprev;
    private final SpfEvaluator spf;
    private final DkimEvaluator dkim;
    private final ArcEvaluator arc;
    private final DmarcEvaluator dmarc;

    /**
     * An authenticator for all messages.
     *
     * @param receiver the name of this host, which explanations of SPF may show
     */
    public MessageAuthenticator(Dns dns, String receiver, InstantSource clock) {
        this.iprev = new IprevEvaluator(dns);
        this.spf = new SpfEvaluator(dns, receiver, clock);
        this.dkim = new DkimEvaluator(dns, clock);
        this.arc = new ArcEvaluator(dns, clock);
        this.dmarc = new DmarcEvaluator(dns);
    }

    /** The same for a message whose header nobody has read yet. */
    public CompletionStage<MessageVerdict> evaluate(
            InetAddress client, String helo, String sender, MessageContent content) throws IOException {
        return evaluate(client, helo, sender, HeaderSection.read(content), content);
    }

    /**
     * Evaluates one message.
     *
     * <p>Reads the body before it returns, which may block on the disk, and only when something is signed; the stage
     * completes normally.
     *
     * @param helo the greeting as given
     * @param sender of the envelope, empty for the null sender
     */
    public CompletionStage<MessageVerdict> evaluate(
            InetAddress client, String helo, String sender, HeaderSection header, MessageContent content)
            throws IOException {
        CompletableFuture<IprevResult> name = iprev.evaluate(client).toCompletableFuture();
        CompletableFuture<SpfResult> greeting =
                spf.evaluate(SpfQuery.helo(client, helo)).toCompletableFuture();
        CompletableFuture<SpfResult> mailFrom =
                spf.evaluate(SpfQuery.mailFrom(client, helo, sender)).toCompletableFuture();
        CompletableFuture<List<DkimResult>> signatures =
                dkim.evaluate(header, content).toCompletableFuture();
        CompletableFuture<ArcResult> chain = arc.evaluate(header, content).toCompletableFuture();
        CompletableFuture<DmarcResult> author = mailFrom.thenCombine(
                        signatures, (envelope, signed) -> dmarc.evaluate(header, envelope, signed))
                .thenCompose(stage -> stage);
        return CompletableFuture.allOf(name, greeting, author, chain)
                .thenApply(done -> new MessageVerdict(
                        name.join(), greeting.join(), mailFrom.join(), signatures.join(), author.join(), chain.join()));
    }
}
