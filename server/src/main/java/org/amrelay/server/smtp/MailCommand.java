// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.InternationalDomain;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.mailet.DsnParameters;

/**
 * MAIL FROM (RFC 5321 §4.1.1.2) with SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531) and AUTH (RFC 4954 §5); further parameters belong
 * to {@link MailParametersHook}s, and one that nobody knows is refused (RFC 5321 §4.1.1.11).
 *
 * <p>Safe for several sessions; waits only for its hooks.
 */
public final class MailCommand implements CommandHandler<SMTPSession>, ExtensibleHandler, EhloExtension {
    private final Map<String, MailParametersHook> parameterHooks = new HashMap<>();
    private final List<MailHook> hooks = new ArrayList<>();

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("MAIL");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        long largest = session.getConfiguration().getMaxMessageSize();
        return List.of("SMTPUTF8", largest > 0 ? "SIZE " + largest : "SIZE");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection)
                .isEmpty()) {
            return Replies.of(503, "5.5.1", "say EHLO first");
        }
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            return Replies.of(503, "5.5.1", "a sender is given already");
        }
        Optional<PathArgument> argument =
                Optional.ofNullable(request.getArgument()).flatMap(text -> PathArgument.parse("FROM", text));
        if (argument.isEmpty()) {
            return Replies.of(501, "5.5.4", "usage: MAIL FROM:<sender>");
        }
        if (argument.get().isSourceRoute()) {
            return Replies.of(553, "5.1.7", "source routes are not supported");
        }
        boolean utf8 = argument.get().parameters().containsKey("SMTPUTF8");
        if (!utf8 && !InternationalDomain.isAscii(request.getArgument())) {
            return Replies.of(553, "5.6.7", "an internationalised sender needs SMTPUTF8");
        }
        return begin(session, argument.get(), utf8);
    }

    private Response begin(SMTPSession session, PathArgument argument, boolean utf8) {
        Optional<MaybeSender> sender = sender(argument.path());
        if (sender.isEmpty()) {
            return Replies.of(553, "5.1.7", "the sender is not a valid address");
        }
        session.setAttachment(SMTPSession.SENDER, sender.get(), State.Transaction);
        if (utf8) {
            TransactionForm.UTF8.set(session);
        }
        Optional<Response> refusal = ask(session, sender.get()).or(() -> parameters(session, argument.parameters()));
        if (refusal.isPresent()) {
            session.resetState();
            return refusal.get();
        }
        return Replies.of(250, "2.1.0", "sender ok");
    }

    private static Optional<MaybeSender> sender(String path) {
        return path.isEmpty()
                ? Optional.of(MaybeSender.nullSender())
                : MailboxSyntax.parse(path).map(MaybeSender::of);
    }

    private Optional<Response> parameters(SMTPSession session, Map<String, String> parameters) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Optional<Response> refusal = parameter(session, parameter.getKey(), parameter.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Response> parameter(SMTPSession session, String key, String value) {
        switch (key) {
            case "SIZE" -> {
                return size(session, value);
            }
            case "BODY" -> {
                boolean known = value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME");
                return known ? Optional.empty() : Optional.of(Replies.of(501, "5.5.4", "BODY is 7BIT or 8BITMIME"));
            }
            case "SMTPUTF8" -> {
                return value.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Replies.of(501, "5.5.4", "SMTPUTF8 has no value"));
            }
            case "AUTH" -> {
                // Who authenticated at our client's side; we do not trust it and need not keep it (RFC 4954 §5)
                boolean valid = value.equals("<>") || (!value.isEmpty() && DsnParameters.XText.isValid(value));
                return valid
                        ? Optional.empty()
                        : Optional.of(Replies.of(501, "5.5.4", "AUTH is <> or an address in xtext"));
            }
            default -> {
                MailParametersHook hook = parameterHooks.get(key);
                return hook == null
                        ? Optional.of(Replies.of(555, "5.5.4", "the parameter " + key + " is not supported"))
                        : HookAnswers.refusal(hook.doMailParameter(session, key, value));
            }
        }
    }

    private static Optional<Response> size(SMTPSession session, String value) {
        boolean number =
                !value.isEmpty() && value.length() <= 20 && value.chars().allMatch(Character::isDigit);
        if (!number) {
            return Optional.of(Replies.of(501, "5.5.4", "SIZE is a number"));
        }
        long size = value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
        long largest = session.getConfiguration().getMaxMessageSize();
        return largest > 0 && size > largest
                ? Optional.of(Replies.of(552, "5.3.4", "the message is larger than " + largest + " bytes"))
                : Optional.empty();
    }

    private Optional<Response> ask(SMTPSession session, MaybeSender sender) {
        for (MailHook hook : hooks) {
            HookResult result = hook.doMail(session, sender);
            Optional<Response> refusal = HookAnswers.refusal(result);
            if (refusal.isPresent() || HookAnswers.accepts(result)) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(MailHook.class, MailParametersHook.class);
    }

    @Override
    public void wireExtensions(Class<?> kind, List<?> extensions) {
        for (Object extension : extensions) {
            if (kind == MailHook.class) {
                hooks.add((MailHook) extension);
            } else if (extension instanceof MailParametersHook hook) {
                for (String name : hook.getMailParamNames()) {
                    parameterHooks.put(name, hook);
                }
            }
        }
    }
}
