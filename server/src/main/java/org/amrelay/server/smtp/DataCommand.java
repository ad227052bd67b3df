// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.james.Addresses;
import org.amrelay.james.AnswersLater;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.queue.ContentMessage;
import org.amrelay.server.queue.MailCodec;
import org.amrelay.smtp.DoesNotBlock;
import org.apache.commons.configuration2.Configuration;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * DATA (RFC 5321 §4.1.1.4) and BDAT (RFC 3030): asks the message hooks and puts the mail on the spool; 250 is said when
 * it is on the disk.
 *
 * <p>Whatever goes wrong on our side is {@code 451 4.3.0}. Safe for several sessions; waits only for its hooks.
 */
public final class DataCommand
        implements CommandHandler<SMTPSession>, ExtensibleHandler, EhloExtension, DataReady.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(DataCommand.class);

    private final MailQueueFactory<?> queues;
    private final List<JamesMessageHook> hooks = new ArrayList<>();
    private Optional<MailQueue> spool = Optional.empty();

    @Inject
    public DataCommand(MailQueueFactory<?> queues) {
        this.queues = queues;
    }

    @Override
    public void init(Configuration config) {
        spool = Optional.of(queues.createQueue(MailQueueFactory.SPOOL));
    }

    @Override
    public void destroy() {
        spool.ifPresent(queue -> {
            try {
                queue.close();
            } catch (IOException e) {
                LOG.warn("cannot close the spool: {}", e.toString());
            }
        });
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("DATA", "BDAT");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("CHUNKING");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String argument = Optional.ofNullable(request.getArgument()).orElse("").strip();
        Optional<Response> obstacle = obstacle(session);
        if (request.getCommand().equals("BDAT")) {
            Optional<ChunkReady> chunk = ChunkReady.parse(argument, this);
            // Without a count nobody knows where the next command begins
            return chunk.<Response>map(next -> obstacle.map(next::refused).orElse(next))
                    .orElseGet(() -> Replies.last(501, "5.5.4", "usage: BDAT octets [LAST]"));
        }
        if (!argument.isEmpty()) {
            return Replies.of(501, "5.5.4", "DATA takes no argument");
        }
        if (TransactionForm.CHUNKS.is(session)) {
            return Replies.of(503, "5.5.1", "the message comes by BDAT");
        }
        return obstacle.orElseGet(() -> new DataReady(this));
    }

    private static Optional<Response> obstacle(SMTPSession session) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isEmpty()) {
            return Optional.of(Replies.of(503, "5.5.1", "say MAIL first"));
        }
        return session.getRcptCount() == 0
                ? Optional.of(Replies.of(554, "5.5.1", "no valid recipients"))
                : Optional.empty();
    }

    @Override
    public boolean mayBlock() {
        return !hooks.stream().allMatch(DoesNotBlock::isSaidBy);
    }

    @Override
    public CompletableFuture<Response> receive(
            SMTPSession session, String name, MessageContent content, Executor workers) {
        MailImpl mail = mail(session, name);
        try {
            mail.setMessageNoCopy(new ContentMessage(content));
        } catch (MessagingException e) {
            throw new IllegalStateException("bytes are not read here", e);
        }
        return ask(0, session, mail, workers).thenCompose(refusal -> {
            if (refusal.isPresent()) {
                LifecycleUtil.dispose(mail);
                return CompletableFuture.completedFuture(refusal.get());
            }
            return store(session, mail, content.size());
        });
    }

    /** Asks the hooks in their order, from one on; empty when none refuses. */
    private CompletableFuture<Optional<Response>> ask(int first, SMTPSession session, MailImpl mail, Executor workers) {
        for (int i = first; i < hooks.size(); i++) {
            int next = i + 1;
            if (hooks.get(i) instanceof AnswersLater later) {
                CompletableFuture<Optional<Response>> answer = later.onMessageLater(session, mail)
                        .toCompletableFuture()
                        .thenApply(HookAnswers::refusal);
                if (!answer.isDone()) {
                    return answer.thenComposeAsync(
                            refusal -> refusal.isPresent()
                                    ? CompletableFuture.completedFuture(refusal)
                                    : ask(next, session, mail, workers),
                            workers);
                }
                if (answer.join().isPresent()) {
                    return answer;
                }
            } else {
                Optional<Response> refusal = HookAnswers.refusal(hooks.get(i).onMessage(session, mail));
                if (refusal.isPresent()) {
                    return CompletableFuture.completedFuture(refusal);
                }
            }
        }
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Response> store(SMTPSession session, MailImpl mail, long size) {
        String client = session.getSessionID() + " [" + mail.getRemoteAddr() + "]";
        CompletableFuture<Response> reply = new CompletableFuture<>();
        Mono.from(spool.orElseThrow().enqueueReactive(mail))
                .doFinally(end -> LifecycleUtil.dispose(mail))
                .subscribe(
                        nothing -> {},
                        failure -> {
                            LOG.error("{} could not be stored, the client keeps it", mail.getName(), failure);
                            reply.complete(Replies.of(451, "4.3.0", "cannot store the message, try again later"));
                        },
                        () -> stored(mail, client, size, reply));
        return reply;
    }

    private static void stored(MailImpl mail, String client, long size, CompletableFuture<Response> reply) {
        if (reply.complete(Replies.of(250, "2.6.0", "accepted as " + mail.getName()))) {
            LOG.info(
                    "accepted {} from {} by {} for {} recipients, {} bytes",
                    mail.getName(),
                    Addresses.of(mail.getMaybeSender()),
                    client,
                    mail.getRecipients().size(),
                    size);
        } else {
            LOG.warn("{} by {} was stored after the client was told 451, it may come twice", mail.getName(), client);
        }
    }

    private static MailImpl mail(SMTPSession session, String name) {
        List<MailAddress> recipients =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(List.of());
        MaybeSender sender =
                session.getAttachment(SMTPSession.SENDER, State.Transaction).orElse(MaybeSender.nullSender());
        return MailImpl.builder()
                .name(name)
                .sender(sender)
                .addRecipients(recipients)
                .addAttribute(new Attribute(MailCodec.PROTOCOL, AttributeValue.of(ReceivedField.protocol(session))))
                .build();
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(JamesMessageHook.class);
    }

    @Override
    public void wireExtensions(Class<?> kind, List<?> extensions) {
        extensions.forEach(extension -> hooks.add((JamesMessageHook) extension));
    }
}
