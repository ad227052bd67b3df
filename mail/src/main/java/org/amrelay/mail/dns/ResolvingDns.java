// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.amrelay.mail.address.InternationalDomain;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.TextParseException;

/**
 * Asks recursive servers, over UDP with TCP for truncated answers, and keeps answers for their time to live.
 *
 * <p>Answers without records are kept as well (RFC 2308), failures are not. Equal questions that are under way at the
 * same time are asked once. With DNSSEC, an answer whose signatures do not hold is a failure. The number of answers kept and of questions under way is limited. Safe for several threads.
 */
public final class ResolvingDns implements Dns {
    private final DnsSettings settings;
    private final List<NameServer> servers;
    private final AnswerCache cache;
    private final ConcurrentMap<Question, CompletableFuture<DnsAnswer<?>>> running = new ConcurrentHashMap<>();

    public ResolvingDns(DnsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.cache = new AnswerCache(settings.mostCached(), clock);
        List<InetSocketAddress> addresses =
                settings.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : settings.servers();
        this.servers = addresses.stream()
                .map(address -> new NameServer(address, settings, clock))
                .toList();
    }

    @Override
    public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
        Question question;
        try {
            String asciiName = InternationalDomain.canonical(name).toLowerCase(Locale.ROOT);
            question = new Question(Name.fromString(asciiName, Name.root), type.number());
        } catch (TextParseException e) {
            return CompletableFuture.completedFuture(DnsAnswer.none(Status.NO_SUCH_NAME, false, Duration.ofMinutes(5)));
        }
        return ask(question, type).thenApply(ResolvingDns::cast);
    }

    // The question holds the type, so what is kept under it has the type's form
    @SuppressWarnings("unchecked")
    private static <T> DnsAnswer<T> cast(DnsAnswer<?> answer) {
        return (DnsAnswer<T>) answer;
    }

    private CompletableFuture<DnsAnswer<?>> ask(Question question, RecordType<?> type) {
        var kept = cache.get(question);
        if (kept.isPresent()) {
            return CompletableFuture.completedFuture(kept.get());
        }
        if (running.size() >= settings.mostRunning()) {
            return CompletableFuture.completedFuture(
                    DnsAnswer.failure(Status.SERVER_FAILURE, "too many questions under way"));
        }
        CompletableFuture<DnsAnswer<?>> mine = new CompletableFuture<>();
        CompletableFuture<DnsAnswer<?>> other = running.putIfAbsent(question, mine);
        if (other != null) {
            return other;
        }
        new Asking(question, type, mine).next();
        return mine;
    }

    /** One question on its way through the servers; each is asked again until the tries are used up. */
    private final class Asking {
        private final Question question;
        private final RecordType<?> type;
        private final CompletableFuture<DnsAnswer<?>> answer;
        private DnsAnswer<?> lastFailure = DnsAnswer.failure(Status.SERVER_FAILURE, "no name server is known");
        private int asked;

        Asking(Question question, RecordType<?> type, CompletableFuture<DnsAnswer<?>> answer) {
            this.question = question;
            this.type = type;
            this.answer = answer;
        }

        void next() {
            if (asked >= servers.size() * settings.tries()) {
                end(lastFailure);
                return;
            }
            NameServer server = servers.get(asked % servers.size());
            asked++;
            Message message = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
            message.getHeader().setFlag(Flags.AD);
            server.ask(message).whenComplete((response, error) -> {
                if (error != null) {
                    lastFailure = DnsAnswer.failure(Status.TIME_OUT, question + ": " + error.getMessage());
                    next();
                } else {
                    take(response, server);
                }
            });
        }

        private void take(NameServer.Response response, NameServer server) {
            Message message = response.message();
            int rcode = message.getRcode();
            if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
                end(ResponseReader.read(
                        message, question.name(), type, response.authentic(), settings.longestLifetime()));
            } else {
                lastFailure = DnsAnswer.failure(
                        Status.SERVER_FAILURE,
                        question + ": " + Rcode.string(rcode) + " from " + server + response.remark());
                next();
            }
        }

        private void end(DnsAnswer<?> result) {
            if (!result.isTemporary()) {
                cache.put(question, result);
            }
            running.remove(question, answer);
            answer.complete(result);
        }
    }
}
