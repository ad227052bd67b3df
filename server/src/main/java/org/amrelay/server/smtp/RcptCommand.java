// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.mail.internet.AddressException;
import org.amrelay.mail.address.InternationalDomain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * RCPT TO (RFC 5321 §4.1.1.3); who may send to whom is decided by the {@link RcptHook}s.
 *
 * <p>Declines source routes (RFC 5321 §3.3 allows it) and takes {@code <postmaster>} without a domain (§4.5.1). A
 * recipient named twice is one recipient. Safe for several sessions; waits only for its hooks.
 */
public final class RcptCommand implements CommandHandler<SMTPSession>, ExtensibleHandler {
    private final DomainList domains;
    private final List<RcptHook> hooks = new ArrayList<>();
    private final Set<String> parameters = new HashSet<>();

    @Inject
    public RcptCommand(DomainList domains) {
        this.domains = domains;
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("RCPT");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        Optional<MaybeSender> sender = session.getAttachment(SMTPSession.SENDER, State.Transaction);
        if (sender.isEmpty()) {
            return Replies.of(503, "5.5.1", "say MAIL first");
        }
        if (TransactionForm.CHUNKS.is(session)) {
            return Replies.of(503, "5.5.1", "the message has begun");
        }
        Optional<PathArgument> argument =
                Optional.ofNullable(request.getArgument()).flatMap(text -> PathArgument.parse("TO", text));
        if (argument.isEmpty()) {
            return Replies.of(501, "5.5.4", "usage: RCPT TO:<recipient>");
        }
        if (argument.get().isSourceRoute()) {
            return Replies.of(553, "5.1.3", "source routes are not supported");
        }
        if (!InternationalDomain.isAscii(request.getArgument()) && !TransactionForm.UTF8.is(session)) {
            return Replies.of(553, "5.6.7", "an internationalised recipient needs MAIL with SMTPUTF8");
        }
        return check(session, sender.get(), argument.get());
    }

    private Response check(SMTPSession session, MaybeSender sender, PathArgument argument) {
        Optional<MailAddress> recipient = recipient(argument.path());
        if (recipient.isEmpty()) {
            return Replies.of(553, "5.1.3", "the recipient is not a valid address");
        }
        Optional<String> unknown = argument.parameters().keySet().stream()
                .filter(key -> !parameters.contains(key))
                .findFirst();
        if (unknown.isPresent()) {
            return Replies.of(555, "5.5.4", "the parameter " + unknown.get() + " is not supported");
        }
        return decide(session, sender, recipient.get(), argument);
    }

    private Response decide(SMTPSession session, MaybeSender sender, MailAddress recipient, PathArgument argument) {
        for (RcptHook hook : hooks) {
            HookResult result = hook.doRcpt(session, sender, recipient, argument.parameters());
            Optional<Response> refusal = HookAnswers.refusal(result);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (HookAnswers.accepts(result)) {
                break;
            }
        }
        List<MailAddress> recipients =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElseGet(ArrayList::new);
        if (!contains(recipients, recipient)) {
            recipients.add(recipient);
            session.setAttachment(SMTPSession.RCPT_LIST, recipients, State.Transaction);
        }
        return Replies.of(250, "2.1.5", "recipient ok");
    }

    private static boolean contains(List<MailAddress> recipients, MailAddress recipient) {
        return recipients.stream()
                .anyMatch(r -> r.getLocalPart().equals(recipient.getLocalPart())
                        && r.getDomain().equals(recipient.getDomain()));
    }

    private Optional<MailAddress> recipient(String path) {
        if (!path.toLowerCase(Locale.ROOT).equals("postmaster")) {
            return MailboxSyntax.parse(path);
        }
        try {
            return Optional.of(new MailAddress(path, domains.getDefaultDomain()));
        } catch (AddressException | DomainListException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(RcptHook.class);
    }

    @Override
    public void wireExtensions(Class<?> kind, List<?> extensions) {
        for (Object extension : extensions) {
            RcptHook hook = (RcptHook) extension;
            hooks.add(hook);
            parameters.addAll(hook.supportedParameters());
        }
    }
}
