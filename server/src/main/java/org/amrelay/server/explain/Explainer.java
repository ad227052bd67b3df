// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.amrelay.authentication.MessageAuthenticator;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.TrustedSealers;
import org.amrelay.delivery.lane.TlsForecast;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.james.TryLaterException;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.server.explain.Explanation.Recipient;
import org.amrelay.server.explain.Explanation.Said;
import org.amrelay.server.explain.Explanation.Step;
import org.amrelay.server.explain.Explanation.Virus;
import org.amrelay.server.processing.ProcessingRehearsal;
import org.amrelay.server.smtp.Conversation;
import org.amrelay.server.smtp.Conversation.Script;
import org.amrelay.server.smtp.SessionRehearsal;
import org.amrelay.storage.spool.SpoolItem;
import org.amrelay.storage.spool.SpoolOutcome;

/** Explains cases, one after the other; made by {@link ExplainerFactory}. For one thread. */
public final class Explainer {
    private static final InetAddress NOBODY = Network.literal("0.0.0.0").orElseThrow();

    private final World world;
    private final RecordingSpool spool;
    private final List<SessionRehearsal> ports;
    private final ProcessingRehearsal processing;
    private final TlsForecast forecast;
    private final RecordingScorer scorer;
    private final SeenContent content;
    private final KnownAccounts known;
    private final String hostname;
    private final InstantSource clock;

    Explainer(
            World world,
            RecordingSpool spool,
            List<SessionRehearsal> ports,
            ProcessingRehearsal processing,
            TlsForecast forecast,
            RecordingScorer scorer,
            SeenContent content,
            KnownAccounts known,
            String hostname,
            InstantSource clock) {
        this.world = world;
        this.spool = spool;
        this.ports = List.copyOf(ports);
        this.processing = processing;
        this.forecast = forecast;
        this.scorer = scorer;
        this.content = content;
        this.known = known;
        this.hostname = hostname;
        this.clock = clock;
    }

    /**
     * Explains one case.
     *
     * @throws IllegalArgumentException with a sentence when something about the case is wrong
     */
    public Explanation explain(ExplainCase given, CaseFiles files) {
        Instant at = given.at().map(Explainer::instant).orElseGet(clock::instant);
        spool.forget();
        scorer.forget();
        content.forget();
        world.become(given.dns().isPresent() ? files.zone(given.dns().get()) : new World.Silence(), at);
        byte[] message = given.file().map(files::message).orElseGet(() -> new byte[0]);
        Optional<InetAddress> client = given.ip().map(Explainer::address);
        MessageVerdict verdict = authenticate(given, client.orElse(NOBODY), message);
        Conversation conversation = converse(given, client.orElse(NOBODY), message);
        List<Recipient> refused = conversation.recipients().stream()
                .filter(said -> !said.isPositive())
                .map(Fates::refused)
                .toList();
        Explanation.Authentication origin =
                OriginAnswer.of(verdict, client.isPresent(), given.file().isPresent());
        List<Said> session = conversation.exchanges().stream()
                .map(said -> new Said(said.command(), said.reply()))
                .toList();
        String reply = conversation.last().reply();
        Frame frame =
                new Frame(given.id(), reply, origin, () -> spam(given, message, client, verdict, at), content, session);
        Optional<SpoolItem> accepted = spool.accepted(at);
        if (accepted.isEmpty()) {
            String disposition = Fates.disposition(conversation.last().code());
            List<Recipient> all = withoutMail(given.recipients(), refused, disposition, reply);
            return frame.with(disposition, "", all, List.of());
        }
        List<Step> steps = new ArrayList<>();
        try {
            List<Recipient> fates = Fates.of(process(accepted.get(), steps), forecast);
            List<Recipient> all =
                    Stream.concat(fates.stream(), refused.stream()).toList();
            return frame.with(Fates.disposition(fates), "", all, steps);
        } catch (MessagingException | TryLaterException undone) {
            // Accepted, and then tried again and again until somebody mends the configuration
            String reason = "processing fails and is tried later: " + undone.getMessage();
            return frame.with("tempfail", reason, refused, steps);
        }
    }

    /** What all answers to one case share. */
    private record Frame(
            JsonNode id,
            String reply,
            Explanation.Authentication origin,
            Supplier<Explanation.Spam> spam,
            SeenContent content,
            List<Said> session) {
        Explanation with(String disposition, String reason, List<Recipient> recipients, List<Step> steps) {
            return new Explanation(
                    id,
                    disposition,
                    reply,
                    reason,
                    origin,
                    spam.get(),
                    Virus.NOT_SCANNED,
                    content.hits(),
                    recipients,
                    steps,
                    session);
        }
    }

    /** Everybody, when no mail was taken: as the port said, or else as the mail. */
    private static List<Recipient> withoutMail(
            List<String> addresses, List<Recipient> refused, String disposition, String reply) {
        return addresses.stream()
                .map(address -> refused.stream()
                        .filter(recipient -> recipient.address().equals(address))
                        .findFirst()
                        .orElseGet(() -> new Recipient(address, disposition, "", "", reply)))
                .toList();
    }

    /** As the processors saw it, else as the message came to the port. */
    private Explanation.Spam spam(
            ExplainCase given, byte[] message, Optional<InetAddress> client, MessageVerdict verdict, Instant at) {
        KnownOrigin origin = new KnownOrigin(
                Optional.of(given.from()),
                client,
                given.helo().orElse(""),
                Optional.of(verdict.results(hostname, TrustedSealers.none())),
                given.auth().isPresent(),
                Optional.of(at));
        return Explanation.Spam.of(scorer.last()
                .orElseGet(() -> scorer.score(MessageView.of(MessageContent.of(message), Specimen.limits()), origin)));
    }

    private SpoolOutcome process(SpoolItem item, List<Step> steps) throws MessagingException {
        return processing.run(
                item,
                (processor, matcher, mailet, matched, micros, changed) -> steps.add(
                        new Step(processor, matcher, !matched.isEmpty(), mailet, micros / 1000.0, changed, matched)));
    }

    private MessageVerdict authenticate(ExplainCase given, InetAddress client, byte[] message) {
        MessageContent content = MessageContent.of(message);
        try {
            return new MessageAuthenticator(world, hostname, world)
                    .evaluate(client, given.helo().orElse(""), given.from(), HeaderSection.read(content), content)
                    .toCompletableFuture()
                    .join();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Conversation converse(ExplainCase given, InetAddress client, byte[] message) {
        given.auth().filter(account -> known.accounts().find(account).isEmpty()).ifPresent(unknown -> {
            throw new IllegalArgumentException("there is no account " + unknown);
        });
        int port = given.auth().isPresent() && ports.size() > 1 ? 1 : 0;
        String literal = (client.getAddress().length == 16 ? "[IPv6:" : "[") + client.getHostAddress() + "]";
        return ports.get(port)
                .hold(new Script(
                        client,
                        given.helo().filter(helo -> !helo.isBlank()).orElse(literal),
                        given.auth(),
                        given.from(),
                        given.recipients().isEmpty() ? List.of("postmaster") : given.recipients(),
                        message));
    }

    private static InetAddress address(String text) {
        String bare = text.strip();
        bare = bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
        return Network.literal(bare.regionMatches(true, 0, "IPv6:", 0, 5) ? bare.substring(5) : bare)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no IP address"));
    }

    /** As ISO 8601 has it, with or without an offset, or in seconds since 1970. */
    private static Instant instant(String text) {
        String stripped = text.strip();
        try {
            if (!stripped.isEmpty()
                    && stripped.length() < 13
                    && stripped.chars().allMatch(Character::isDigit)) {
                return Instant.ofEpochSecond(Long.parseLong(stripped));
            }
            return OffsetDateTime.parse(stripped.length() == 10 ? stripped + "T00:00:00Z" : stripped)
                    .toInstant();
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("'" + text + "' is no instant such as 2026-01-31T12:00:00Z", wrong);
        }
    }
}
