// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amrelay.authentication.limit.LimitClaim;
import org.amrelay.authentication.limit.LimitStore;
import org.amrelay.authentication.limit.LimitVerdict;
import org.amrelay.authentication.limit.MemoryLimits;
import org.junit.jupiter.api.Test;

/** What a client reads that sends too much or guesses passwords. */
class AbuseLimitsTest {
    private static Client ann(Ports ports) {
        return Client.inTls(ports.submissions()).authenticates("ann@ours.test", "secret");
    }

    private static final String MAIL = "MAIL FROM:<ann@ours.test>";

    @Test
    void defersMessagesAndRecipientsOverTheLimitAndSaysUntilWhen() {
        try (Ports ports = new Ports.Setup()
                .rules("2 messages per account in 1h", "3 recipients per domain in 1h")
                .start()) {
            try (Client c = ann(ports)) {
                c.writes(MAIL).expects("250").writes("RCPT TO:<x@other.test>").expects("250");
                c.writes("DATA").expects("354").writesRaw("\r\nx\r\n.\r\n").expects("250");
                c.writes(MAIL).expects("250");
                c.writes("RCPT TO:<y@other.test>").expects("250");
                c.writes("RCPT TO:<z@other.test>").expects("250");
                c.writes("RCPT TO:<a@other.test>")
                        .expects(
                                "450 4.7.1 the limit of 3 recipients per domain in 1h is reached (rule); try again in ");
                c.writes("DATA").expects("354").writesRaw("\r\nx\r\n.\r\n").expects("250");
            }
            try (Client c = ann(ports)) {
                c.writes(MAIL).expects("450 4.7.1 the limit of 2 messages per account in 1h is reached");
                c.writes("NOOP").expects("250");
            }
            assertThat(ports.spool.stored).hasSize(2);
        }
    }

    @Test
    void defersAMessageThatIsTooManyBytes() {
        try (Ports ports =
                        new Ports.Setup().rules("2KB bytes per address in 1h").start();
                Client c = ann(ports)) {
            c.writes(MAIL).expects("250").writes("RCPT TO:<x@other.test>").expects("250");
            c.writes("DATA")
                    .expects("354")
                    .writesRaw("\r\n" + "x".repeat(500) + "\r\n.\r\n")
                    .expects("250");
            c.writes(MAIL).expects("250").writes("RCPT TO:<x@other.test>").expects("250");
            c.writes("DATA").expects("354").writesRaw("\r\n" + ("x".repeat(500) + "\r\n").repeat(4) + ".\r\n");
            c.expects("450 4.7.1 the limit of 2048 bytes per address in 1h is reached");
            assertThat(ports.spool.stored).hasSize(1);
        }
    }

    @Test
    void waitsForSharedCountsOffTheEventLoop() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        MemoryLimits counts = new MemoryLimits();
        LimitStore shared = new LimitStore() {
            @Override
            public LimitVerdict claim(List<LimitClaim> claims, Instant now) {
                boolean loop = ThreadExecutorMap.currentExecutor() instanceof EventLoop;
                threads.add(loop ? "event loop" : "worker");
                return counts.claim(claims, now);
            }

            @Override
            public boolean mayWait() {
                return true;
            }
        };
        try (Ports ports = new Ports.Setup()
                        .rules(
                                "1 messages per account in 1h",
                                "9 recipients per account in 1h",
                                "2KB bytes per account in 1h")
                        .counting(shared)
                        .start();
                Client c = ann(ports)) {
            c.writes(MAIL).expects("250").writes("RCPT TO:<x@other.test>").expects("250");
            c.writes("DATA").expects("354").writesRaw("\r\nx\r\n.\r\n").expects("250");
            c.writes(MAIL).expects("450 4.7.1");
        }
        assertThat(threads).containsExactly("worker");
    }

    @Test
    void doesNotCountMailFromOtherServers() {
        try (Ports ports =
                        new Ports.Setup().rules("1 messages per address in 1h").start();
                Client c = Client.greeted(ports.receive()).ehlo()) {
            for (int i = 0; i < 3; i++) {
                c.writes("MAIL FROM:<x@other.test>")
                        .expects("250")
                        .writes("RSET")
                        .expects("250");
            }
        }
    }

    @Test
    void sendsABannedClientAwayAtTheSubmissionPortsOnly() {
        try (Ports ports = Ports.start()) {
            ports.bans.open = true;
            for (int i = 0; i < 7; i++) {
                try (Client c = Client.inTls(ports.submissions())) {
                    for (int k = 0; k < (i == 6 ? 2 : 3); k++) {
                        c.writes("AUTH PLAIN " + Client.base64("\0ann@ours.test\0guess"))
                                .expects("535 5.7.8");
                    }
                }
            }
            try (Client c = new Client(ports.submission())) {
                c.expects("421 4.7.0 too many failed log-ins from your network; try again after 2099-01-01T00:00:01Z");
                c.isClosed();
            }
            try (Client c = Client.greeted(ports.receive())) {
                c.ehlo();
            }
            ports.bans.until.clear();
            try (Client c = Client.greeted(ports.submission())) {
                c.ehlo();
            }
        }
    }
}
