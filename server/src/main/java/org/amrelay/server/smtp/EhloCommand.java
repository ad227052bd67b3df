// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;

/**
 * EHLO and HELO (RFC 5321 §4.1.1.1); what EHLO announces comes from the handlers that do it.
 *
 * <p>Safe for several sessions; waits only for its hooks.
 */
public final class EhloCommand implements CommandHandler<SMTPSession>, ExtensibleHandler {
    private static final int LONGEST_NAME = 255;

    private final List<HeloHook> hooks = new ArrayList<>();
    private final List<EhloExtension> extensions = new ArrayList<>();

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("EHLO", "HELO");
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String name = Optional.ofNullable(request.getArgument()).orElse("").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf(' ') >= 0) {
            return Replies.of(501, "5.5.4", "usage: " + request.getCommand() + " host.name");
        }
        session.resetState();
        session.setAttachment(SMTPSession.CURRENT_HELO_NAME, name, State.Connection);
        for (HeloHook hook : hooks) {
            HookResult result = hook.doHelo(session, name);
            Optional<Response> refusal = HookAnswers.refusal(result);
            if (refusal.isPresent()) {
                session.removeAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection);
                return refusal.get();
            }
            if (HookAnswers.accepts(result)) {
                break;
            }
        }
        session.setAttachment(SMTPSession.CURRENT_HELO_MODE, request.getCommand(), State.Connection);
        SMTPResponse response =
                new SMTPResponse("250", session.getConfiguration().getHelloName() + " greets " + name);
        if (request.getCommand().equals("EHLO")) {
            announce(session, response);
        }
        return response;
    }

    private void announce(SMTPSession session, SMTPResponse response) {
        response.appendLine("PIPELINING");
        response.appendLine("ENHANCEDSTATUSCODES");
        response.appendLine("8BITMIME");
        hooks.forEach(hook -> hook.implementedEsmtpFeatures(session).forEach(response::appendLine));
        extensions.forEach(
                extension -> extension.getImplementedEsmtpFeatures(session).forEach(response::appendLine));
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(HeloHook.class, EhloExtension.class);
    }

    @Override
    public void wireExtensions(Class<?> kind, List<?> wired) {
        for (Object extension : wired) {
            if (kind == HeloHook.class) {
                hooks.add((HeloHook) extension);
            } else {
                extensions.add((EhloExtension) extension);
            }
        }
    }
}
