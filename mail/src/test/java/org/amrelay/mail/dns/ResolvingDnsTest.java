// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(20)
class ResolvingDnsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final Server server = new Server();
    private final Server second = new Server();

    @AfterEach
    void close() {
        server.socket.close();
        second.socket.close();
    }

    @Test
    void answersFromTheServerOnceAndThenFromItsCache() {
        server.answers = (query, response) -> add(response, Section.ANSWER, "a.example. 300 IN MX 10 mx.a.example.");
        Dns dns = dns(server);
        assertThat(join(dns.mx("a.example")).records()).containsExactly(new MxRecord(10, "mx.a.example"));
        assertThat(join(dns.mx("A.example.")).isFound()).isTrue();
        assertThat(server.asked).hasSize(1);
        now.updateAndGet(at -> at.plusSeconds(301));
        join(dns.mx("a.example"));
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void keepsTheAnswerThatThereIsNone() {
        server.answers = (query, response) -> {
            response.getHeader().setRcode(Rcode.NXDOMAIN);
            add(response, Section.AUTHORITY, "example. 900 IN SOA ns.example. h.example. 1 2 3 4 60");
        };
        Dns dns = dns(server);
        DnsAnswer<MxRecord> answer = join(dns.mx("a.example"));
        assertThat(answer.status()).isEqualTo(Status.NO_SUCH_NAME);
        assertThat(answer.lifetime()).isEqualTo(Duration.ofSeconds(60));
        join(dns.mx("a.example"));
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void asksTheNextServerWhenOneFailsOrIsSilent() {
        server.answers = (query, response) -> response.getHeader().setRcode(Rcode.SERVFAIL);
        second.answers = (query, response) -> add(response, Section.ANSWER, "a.example. 300 IN A 192.0.2.1");
        assertThat(join(dns(server, second).ipv4("a.example")).isFound()).isTrue();
        server.silent = true;
        assertThat(join(dns(server, second).ipv4("a.example")).isFound()).isTrue();
    }

    @Test
    void saysThatItDoesNotKnowAndDoesNotKeepThat() {
        server.answers = (query, response) -> response.getHeader().setRcode(Rcode.SERVFAIL);
        Dns dns = dns(server);
        assertThat(join(dns.mx("a.example")).status()).isEqualTo(Status.SERVER_FAILURE);
        server.silent = true;
        assertThat(join(dns.mx("a.example")).status()).isEqualTo(Status.TIME_OUT);
    }

    @Test
    void followsAliasesInTheAnswer() {
        server.answers = (query, response) -> {
            add(response, Section.ANSWER, "www.a.example. 300 IN CNAME a.example.");
            add(response, Section.ANSWER, "a.example. 30 IN A 192.0.2.1");
            add(response, Section.ANSWER, "evil.example. 30 IN A 192.0.2.66");
        };
        DnsAnswer<InetAddress> answer = join(dns(server).ipv4("www.a.example"));
        assertThat(answer.records()).extracting(InetAddress::getHostAddress).containsExactly("192.0.2.1");
        assertThat(answer.lifetime()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void believesTheAuthenticBitOnlyWhenToldTo() {
        server.answers = (query, response) -> {
            response.getHeader().setFlag(Flags.AD);
            add(response, Section.ANSWER, "a.example. 300 IN A 192.0.2.1");
        };
        assertThat(join(dns(server).ipv4("a.example")).authentic()).isFalse();
        DnsSettings trusting =
                new DnsSettings(List.of(server.address()), Duration.ofSeconds(1), 1, 10, 10, Duration.ofHours(1), true);
        assertThat(join(new ResolvingDns(trusting, now::get).ipv4("a.example")).authentic())
                .isTrue();
    }

    @Test
    void asksOnceForManyAtTheSameTime() {
        server.answers = (query, response) -> add(response, Section.ANSWER, "a.example. 300 IN A 192.0.2.1");
        server.delayMillis = 100;
        Dns dns = dns(server);
        List<CompletionStage<DnsAnswer<InetAddress>>> all = java.util.stream.Stream.generate(
                        () -> dns.ipv4("a.example"))
                .limit(50)
                .toList();
        all.forEach(stage -> assertThat(join(stage).isFound()).isTrue());
        assertThat(server.asked).hasSize(1);
    }

    private Dns dns(Server... servers) {
        return dns(java.util.Arrays.stream(servers).map(Server::address).toList());
    }

    private Dns dns(List<InetSocketAddress> servers) {
        return new ResolvingDns(
                new DnsSettings(servers, Duration.ofMillis(500), 2, 100, 100, Duration.ofHours(1), false), now::get);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }

    private static void add(Message response, int section, String text) {
        String[] words = text.split(" ", 5);
        try {
            response.addRecord(
                    Record.fromString(
                            Name.fromString(words[0]),
                            Type.value(words[3]),
                            DClass.IN,
                            Long.parseLong(words[1]),
                            words[4],
                            Name.root),
                    section);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A name server that says what a test wants. */
    private static final class Server {
        private final DatagramSocket socket;
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile BiConsumer<Message, Message> answers = (query, response) -> {};
        private volatile boolean silent;
        private volatile int delayMillis;

        Server() {
            try {
                socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            Thread thread = new Thread(this::run, "name-server");
            thread.setDaemon(true);
            thread.start();
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        private void run() {
            byte[] buffer = new byte[4096];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
                    asked.add(query.getQuestion().toString());
                    if (silent) {
                        continue;
                    }
                    if (delayMillis > 0) {
                        TimeUnit.MILLISECONDS.sleep(delayMillis);
                    }
                    Message response = new Message(query.getHeader().getID());
                    response.getHeader().setFlag(Flags.QR);
                    response.addRecord(query.getQuestion(), Section.QUESTION);
                    answers.accept(query, response);
                    byte[] bytes = response.toWire();
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                } catch (IOException | InterruptedException e) {
                    return;
                }
            }
        }
    }
}
