// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.mtasts.FetchResult.Failed;
import org.amrelay.delivery.mtasts.FetchResult.Fetched;
import org.amrelay.delivery.mtasts.HttpsPolicyFetcher.Limits;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TestAuthority;
import org.amrelay.delivery.tls.TestAuthority.Issued;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpsPolicyFetcherTest {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService JUDGING = Executors.newFixedThreadPool(1);
    private static final String POLICY = "version: STSv1\nmode: enforce\nmx: mx.a.example\nmax_age: 86400\n";

    private final TestAuthority authority = new TestAuthority(Instant.parse("2026-03-01T10:00:00Z"));
    private final Issued right = authority.issue("mta-sts.a.example");

    @AfterAll
    static void closeAll() {
        LOOPS.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        JUDGING.shutdown();
    }

    @Test
    void fetchesAPolicy() {
        try (PolicyHost host = new PolicyHost(right, POLICY)) {
            assertThat(fetch(host))
                    .isInstanceOfSatisfying(
                            Fetched.class,
                            fetched -> assertThat(fetched.policy().mx()).containsExactly("mx.a.example"));
            assertThat(host.requests()).containsExactly("GET /.well-known/mta-sts.txt mta-sts.a.example");
        }
    }

    @Test
    void believesNobodyElse() {
        for (Issued wrong : List.of(
                authority.issue("a.example"),
                authority.expired("mta-sts.a.example"),
                new TestAuthority(Instant.parse("2026-03-01T10:00:00Z")).issue("mta-sts.a.example"))) {
            try (PolicyHost host = new PolicyHost(wrong, POLICY)) {
                assertThat(failure(fetch(host))).isEqualTo(TlsFailure.STS_WEBPKI_INVALID);
                assertThat(host.requests()).isEmpty();
            }
        }
    }

    // RFC 8461 §3.3
    @Test
    void followsNoRedirectAndWantsPlainText() {
        try (PolicyHost host = new PolicyHost(right, POLICY)) {
            assertThat(failure(fetch(host.answers(301, "text/plain", POLICY))))
                    .isEqualTo(TlsFailure.STS_POLICY_FETCH_ERROR);
            assertThat(failure(fetch(host.answers(404, "text/plain", POLICY))))
                    .isEqualTo(TlsFailure.STS_POLICY_FETCH_ERROR);
            assertThat(failure(fetch(host.answers(200, "text/html", POLICY)))).isEqualTo(TlsFailure.STS_POLICY_INVALID);
            assertThat(failure(fetch(host.answers(200, "text/plain", "hello"))))
                    .isEqualTo(TlsFailure.STS_POLICY_INVALID);
            assertThat(host.requests()).hasSize(4);
        }
    }

    @Test
    void stopsReadingAtSixtyFourKilobytes() {
        try (PolicyHost host = new PolicyHost(right, POLICY + "x: y\n".repeat(20_000))) {
            assertThat(failure(fetch(host))).isEqualTo(TlsFailure.STS_POLICY_FETCH_ERROR);
        }
    }

    @Test
    void doesNotWaitForeverForASilentHost() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            FetchResult result = fetch(silent.getLocalPort(), Duration.ofMillis(300), "mta-sts.a.example A 127.0.0.1");
            assertThat(failure(result)).isEqualTo(TlsFailure.STS_POLICY_FETCH_ERROR);
        }
    }

    @Test
    void triesTheNextAddress() {
        try (PolicyHost host = new PolicyHost(right, POLICY)) {
            assertThat(fetch(
                            host.port(),
                            Duration.ofSeconds(20),
                            "mta-sts.a.example A 127.0.0.7",
                            "mta-sts.a.example A 127.0.0.1"))
                    .isInstanceOf(Fetched.class);
        }
    }

    @Test
    void tellsWhatIsMissing() {
        assertThat(failure(fetch(1, Duration.ofSeconds(20), "a.example A 127.0.0.1")))
                .isEqualTo(TlsFailure.STS_POLICY_FETCH_ERROR);
        assertThat(failure(fetch(1, Duration.ofSeconds(20), "mta-sts.a.example A 127.0.0.1")))
                .isEqualTo(TlsFailure.STS_POLICY_FETCH_ERROR);
    }

    private static TlsFailure failure(FetchResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).failure();
    }

    private FetchResult fetch(PolicyHost host) {
        return fetch(host.port(), Duration.ofSeconds(20), "mta-sts.a.example A 127.0.0.1");
    }

    private FetchResult fetch(int port, Duration whole, String... zone) {
        return new HttpsPolicyFetcher(
                        Zone.of(zone),
                        authority.trusted(),
                        ClientTls.ofJavaRuntime(),
                        LOOPS,
                        JUDGING,
                        new Limits(port, Duration.ofSeconds(5), whole))
                .fetch("a.example")
                .toCompletableFuture()
                .orTimeout(50, TimeUnit.SECONDS)
                .join();
    }
}
