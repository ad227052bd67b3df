// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reply to the final dot comes when the spool says so, and nothing else waits for it. */
class FinalReplyTest {
    private Ports ports = Ports.start();

    @AfterEach
    void stop() {
        ports.close();
    }

    private Client sent() {
        return Client.greeted(ports.receive())
                .ehlo()
                .writesRaw("MAIL FROM:<a@b.test>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\n")
                .expects("250")
                .expects("250")
                .expects("354")
                .writesRaw("Subject: x\r\n\r\nx\r\n.\r\n");
    }

    @Test
    void keepsLaterCommandsInOrderBehindIt() {
        ports.spool.hold();
        try (Client c = sent()) {
            c.writesRaw("NOOP\r\nMAIL FROM:<c@d.test>\r\nBAD\r\nQUIT\r\n");
            await().until(() -> ports.spool.held.size() == 1);
            assertThat(availableAfterAMoment(c)).isZero();
            ports.spool.held.get(0).complete(null);
            c.expects("250 2.6.0")
                    .expects("250 2.0.0")
                    .expects("250 2.1.0")
                    .expects("500")
                    .expects("221")
                    .isClosed();
        }
    }

    private static int availableAfterAMoment(Client c) {
        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        try {
            return c.socket().getInputStream().available();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void comesWithThoseOfAllThatWasSaidToAClientThatHasClosedItsHalf() throws IOException {
        ports.spool.hold();
        try (Client c = sent()) {
            c.writesRaw("NOOP\r\nMAIL FROM:<c@d.test>\r\nunfinis").socket().shutdownOutput();
            await().until(() -> ports.spool.held.size() == 1);
            assertThat(availableAfterAMoment(c)).isZero();
            ports.spool.held.get(0).complete(null);
            c.expects("250 2.6.0").expects("250 2.0.0").expects("250 2.1.0");
        }
        await().untilAsserted(() -> assertThat(ports.factory.openConnections()).isZero());
    }

    @Test
    void holdsNoThreadWhileItWaits() {
        ports.spool.hold();
        List<Client> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(sent());
        }
        await().until(() -> ports.spool.held.size() == 40);
        try (Client other = Client.greeted(ports.receive())) {
            other.ehlo().writes("NOOP").expects("250");
        }
        ports.spool.held.forEach(f -> f.complete(null));
        waiting.forEach(c -> c.expects("250 2.6.0"));
        waiting.forEach(Client::close);
    }

    @Test
    void holdsNoThreadWhileItWaitsForTheDns() {
        ports.close();
        Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
        ports = new Ports.Setup()
                .dns(answersWhenTold(answers))
                .replacing("<dmarcReject>", "<except>192.0.2.0/24</except><budget>1h</budget><dmarcReject>")
                .start();
        List<Client> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(sent());
        }
        // Of each message at least: the client's name, the policy of its greeting and that of its sender
        await().until(() -> answers.size() >= 40 * 3);
        try (Client other = Client.greeted(ports.receive())) {
            other.ehlo().writes("NOOP").expects("250");
        }
        await().until(() -> {
            for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
                next.run();
            }
            return ports.spool.stored.size() == 40;
        });
        waiting.forEach(c -> c.expects("250 2.6.0"));
        waiting.forEach(Client::close);
    }

    private static Dns answersWhenTold(Queue<Runnable> answers) {
        return new Dns() {
            @Override
            public <T> CompletionStage<DnsAnswer<T>> query(String name, RecordType<T> type) {
                CompletableFuture<DnsAnswer<T>> answer = new CompletableFuture<>();
                answers.add(() -> answer.complete(DnsAnswer.none(DnsAnswer.Status.NO_DATA, false, Duration.ZERO)));
                return answer;
            }
        };
    }

    @Test
    void isTryLaterWhenStoringFails() {
        ports.spool.keep = false;
        ports.spool.answer = () -> CompletableFuture.failedFuture(new IOException("disk full"));
        try (Client c = sent()) {
            c.expects("451 4.3.0");
            ports.spool.answer = () -> {
                throw new IllegalStateException("a bug");
            };
            c.writesRaw("MAIL FROM:<a@b.test>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\nx\r\n.\r\n");
            c.expects("250").expects("250").expects("354").expects("451 4.3.0");
            ports.spool.answer = () -> CompletableFuture.completedFuture(null);
            c.writesRaw("MAIL FROM:<a@b.test>\r\nRCPT TO:<ann@ours.test>\r\nDATA\r\nx\r\n.\r\n");
            c.expects("250").expects("250").expects("354").expects("250 2.6.0");
        }
    }

    @Test
    void isTryLaterWhenStoringTakesTooLong() {
        ports.close();
        ports = new Ports.Setup().limits("<storeSeconds>0.2</storeSeconds>").start();
        ports.spool.hold();
        try (Client c = sent()) {
            c.expects("451 4.3.0").writes("NOOP").expects("250");
        }
    }

    @Test
    void isGivenBeforeTheServerStops() {
        ports.spool.hold();
        try (Client c = sent();
                Client idle = Client.greeted(ports.receive())) {
            await().until(() -> ports.spool.held.size() == 1);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(ports::close);
            idle.expects("421 4.3.2");
            ports.spool.held.get(0).complete(null);
            c.expects("250 2.6.0").expects("421 4.3.2");
            stopping.join();
        }
    }

    @Test
    void outlivesAClientThatIsGone() {
        ports.spool.hold();
        Client c = sent();
        await().until(() -> ports.spool.held.size() == 1);
        c.close();
        ports.spool.held.get(0).complete(null);
        assertThat(ports.spool.stored).hasSize(1);
        await().untilAsserted(() -> assertThat(ports.factory.memoryInUse()).isZero());
    }
}
