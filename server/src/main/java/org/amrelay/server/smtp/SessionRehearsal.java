// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import com.google.common.util.concurrent.MoreExecutors;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.server.smtp.Conversation.Exchange;
import org.amrelay.server.smtp.Conversation.Script;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;

/**
 * The sessions of one configured port without its socket: commands, limits and hooks are the real ones.
 *
 * <p>The message stays in memory. What blocks runs on the caller's thread. For one thread at a time.
 */
public final class SessionRehearsal {
    private final SmtpService service;

    private SessionRehearsal(SmtpService service) {
        this.service = service;
    }

    /** The parts of James that a server of ours needs. */
    public record Parts(
            DNSService dns, ProtocolHandlerLoader loader, FileSystem files, MetricFactory metrics, Clock clock) {}

    /**
     * Loads the hooks of one {@code smtpserver} element.
     *
     * @throws ConfigurationException with a sentence for the operator
     */
    public static SessionRehearsal of(HierarchicalConfiguration<ImmutableNode> server, Parts parts)
            throws ConfigurationException {
        SharedParts shared = new SharedParts(
                parts.files(),
                MoreExecutors.newDirectExecutorService(),
                new MemoryBudget(Long.MAX_VALUE / 2),
                Path.of(""),
                parts.clock());
        RelaySmtpServer port = new RelaySmtpServer(new SmtpMetricsImpl(parts.metrics()), shared);
        port.setDnsService(parts.dns());
        port.setProtocolHandlerLoader(parts.loader());
        port.setFileSystem(parts.files());
        try {
            port.configure(server);
            return new SessionRehearsal(port.rehearse());
        } catch (ConfigurationException wrong) {
            throw wrong;
        } catch (Exception failed) {
            // James declares that its start may throw anything
            throw new ConfigurationException(String.valueOf(failed.getMessage()), failed);
        }
    }

    /**
     * Holds one conversation, up to the first refusal that ends it; a refused recipient does not.
     *
     * <p>When the message is accepted it has been given to the spool that the hooks know.
     */
    public Conversation hold(Script script) {
        List<Exchange> said = new ArrayList<>();
        List<Exchange> recipients = new ArrayList<>();
        InetAddress client = script.client();
        boolean submits = script.account().isPresent();
        SMTPSession session = (SMTPSession) service.protocol().newSession(new RehearsedTransport(client, submits));
        boolean goesOn = say(said, "connect from " + client.getHostAddress(), service.greet(session))
                && say(said, "EHLO " + script.helo(), command(session, "EHLO " + script.helo()));
        script.account().ifPresent(account -> {
            session.setUsername(Username.of(account));
            session.setRelayingAllowed(true);
        });
        String mail = "MAIL FROM:<" + script.sender() + ">" + (isInternational(script) ? " SMTPUTF8" : "");
        goesOn = goesOn && say(said, mail, command(session, mail));
        for (String recipient : goesOn ? script.recipients() : List.<String>of()) {
            String rcpt = "RCPT TO:<" + recipient + ">";
            say(recipients, recipient, command(session, rcpt));
            Exchange last = recipients.get(recipients.size() - 1);
            said.add(new Exchange(rcpt, last.code(), last.reply()));
        }
        if (recipients.stream().anyMatch(Exchange::isPositive)) {
            message(said, session, script.message());
        }
        session.resetState();
        return new Conversation(said, recipients);
    }

    private static boolean isInternational(Script script) {
        return Stream.concat(Stream.of(script.sender()), script.recipients().stream())
                .anyMatch(address -> address.chars().anyMatch(c -> c > 0x7f));
    }

    private void message(List<Exchange> said, SMTPSession session, byte[] message) {
        Response go = command(session, "DATA");
        if (!(go instanceof DataReady ready)) {
            say(said, "DATA", go);
            return;
        }
        MessageReception reception = new MessageReception(service, session, MessageTimes.unwatched());
        reception.open(ready.receiver());
        byte[] lines = onTheWire(message);
        for (int at = 0; at < lines.length && !reception.ended(); ) {
            at = reception.feed(lines, at, lines.length);
            Optional<Response> interruption = reception.interruption();
            if (interruption.isPresent()) {
                say(said, "message", interruption.get());
                return;
            }
        }
        reception
                .finish()
                .toCompletableFuture()
                .join()
                .ifPresent(reply -> say(said, "message of " + message.length + " bytes", reply));
        // Not closed: what was accepted is still to be processed, and nothing but memory is held
    }

    private Response command(SMTPSession session, String text) {
        // Written as any client would: what is not US-ASCII goes as UTF-8
        byte[] line = text.replace("\r", "").replace("\n", "").getBytes(StandardCharsets.UTF_8);
        Response response =
                CommandSyntax.check(line).orElseGet(() -> service.dispatcher().onLine(session, line));
        return response instanceof SlowResponse slow
                ? slow.work().apply(Runnable::run).toCompletableFuture().join()
                : response;
    }

    private static boolean say(List<Exchange> said, String what, Response response) {
        Exchange exchange = new Exchange(
                what,
                Integer.parseInt(response.getRetCode()),
                Replies.text(response).strip());
        said.add(exchange);
        return exchange.isPositive() && !response.isEndSession();
    }

    /** With dots doubled, and the end (RFC 5321 §4.5.2). */
    private static byte[] onTheWire(byte[] message) {
        java.io.ByteArrayOutputStream wire = new java.io.ByteArrayOutputStream(message.length + 64);
        boolean lineStart = true;
        for (byte b : message) {
            if (lineStart && b == '.') {
                wire.write('.');
            }
            wire.write(b);
            lineStart = b == '\n';
        }
        wire.writeBytes((lineStart ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        return wire.toByteArray();
    }
}
