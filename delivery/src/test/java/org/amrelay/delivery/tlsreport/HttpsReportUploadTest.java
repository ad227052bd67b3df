// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.amrelay.delivery.https.HttpsClient;
import org.amrelay.delivery.https.PublicAddresses;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TestAuthority;
import org.amrelay.delivery.tls.TestAuthority.Issued;
import org.amrelay.delivery.tlsreport.ReportUpload.Uploaded;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HttpsReportUploadTest {
    private static final EventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final ExecutorService JUDGING = Executors.newFixedThreadPool(1);
    private static final String ADDRESS = "https://reports.a.example/v1/tls?d=1";
    private static final byte[] REPORT = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};

    private record Post(String line, String host, String type, byte[] body) {}

    private final TestAuthority authority = new TestAuthority(Instant.parse("2026-03-01T10:00:00Z"));
    private final Issued right = authority.issue("reports.a.example");
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile int answerLength = 20;
    private HttpsServer server = start(right);

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @AfterAll
    static void closeAll() {
        LOOPS.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        JUDGING.shutdown();
    }

    private HttpsServer start(Issued certificate) {
        try {
            HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            made.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            made.createContext("/", exchange -> {
                posts.add(new Post(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Host"),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestBody().readAllBytes()));
                exchange.getResponseHeaders().set("Location", ADDRESS + "/elsewhere");
                exchange.sendResponseHeaders(status, answerLength);
                exchange.getResponseBody().write(new byte[answerLength]);
                exchange.close();
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Uploaded post(int port, Duration whole, Predicate<InetAddress> reachable, String address) {
        HttpsClient client = new HttpsClient(
                new HttpsClient.Ways(
                        Zone.of("reports.a.example A 127.0.0.1"),
                        reachable,
                        authority.trusted(),
                        ClientTls.ofJavaRuntime(),
                        LOOPS,
                        JUDGING),
                new HttpsClient.Limits(port, Duration.ofSeconds(5), whole));
        return new HttpsReportUpload(client)
                .post(address, REPORT)
                .toCompletableFuture()
                .orTimeout(100, TimeUnit.SECONDS)
                .join();
    }

    private Uploaded post() {
        return post(server.getAddress().getPort(), Duration.ofSeconds(60), address -> true, ADDRESS);
    }

    // RFC 8460 §5.4
    @Test
    void postsTheCompressedReport() {
        assertThat(post()).isEqualTo(new Uploaded.Accepted());
        assertThat(posts).singleElement().satisfies(each -> {
            assertThat(each.line()).isEqualTo("POST /v1/tls?d=1");
            assertThat(each.host()).isEqualTo("reports.a.example");
            assertThat(each.type()).isEqualTo("application/tlsrpt+gzip");
            assertThat(each.body()).isEqualTo(REPORT);
        });
        status = 201;
        assertThat(post()).isEqualTo(new Uploaded.Accepted());
    }

    @Test
    void followsNoRedirect() {
        for (int each : List.of(301, 302, 307, 308)) {
            status = each;
            assertThat(post()).isEqualTo(new Uploaded.Waiting("answered with status " + each));
        }
        assertThat(posts).hasSize(4);
    }

    @Test
    void triesLaterWhatWasRefused() {
        for (int each : List.of(404, 429, 500, 503)) {
            status = each;
            assertThat(post()).isInstanceOf(Uploaded.Waiting.class);
        }
    }

    @Test
    void readsNoLongAnswer() {
        answerLength = 64 << 20;
        assertThat(post()).isEqualTo(new Uploaded.Accepted());
    }

    @Test
    void sendsNothingToWhoCannotProveTheName() {
        for (Issued wrong : List.of(
                authority.issue("a.example"),
                authority.expired("reports.a.example"),
                new TestAuthority(Instant.parse("2026-03-01T10:00:00Z")).issue("reports.a.example"))) {
            server.stop(0);
            server = start(wrong);
            assertThat(post()).isInstanceOf(Uploaded.Waiting.class);
        }
        assertThat(posts).isEmpty();
    }

    @Test
    void connectsToNoAddressOfItsOwnNetwork() throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Uploaded answer = post(inside.getLocalPort(), Duration.ofSeconds(60), PublicAddresses::isPublic, ADDRESS);
            assertThat(answer).isEqualTo(new Uploaded.Waiting("no public address of reports.a.example"));
        }
        for (String address : List.of("https://127.0.0.1/", "https://localhost/", "http://reports.a.example/")) {
            assertThat(post(server.getAddress().getPort(), Duration.ofSeconds(60), each -> true, address))
                    .isInstanceOf(Uploaded.Impossible.class);
        }
        assertThat(posts).isEmpty();
    }

    @Test
    void doesNotWaitForeverForASilentHost() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(post(silent.getLocalPort(), Duration.ofMillis(300), each -> true, ADDRESS))
                    .isInstanceOf(Uploaded.Waiting.class);
        }
    }

    @Test
    void takesNoReportOfAnySize() {
        Uploaded answer = new HttpsReportUpload(unused())
                .post(ADDRESS, new byte[(10 << 20) + 1])
                .toCompletableFuture()
                .join();
        assertThat(answer).isInstanceOf(Uploaded.Impossible.class);
    }

    private HttpsClient unused() {
        return new HttpsClient(
                new HttpsClient.Ways(
                        Zone.of(), each -> false, authority.trusted(), ClientTls.ofJavaRuntime(), LOOPS, JUDGING),
                HttpsClient.Limits.standard());
    }
}
