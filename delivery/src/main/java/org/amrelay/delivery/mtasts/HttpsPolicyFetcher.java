// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.amrelay.delivery.https.HttpsAnswer;
import org.amrelay.delivery.https.HttpsAnswer.Answered;
import org.amrelay.delivery.https.HttpsAnswer.Untrusted;
import org.amrelay.delivery.https.HttpsClient;
import org.amrelay.delivery.https.HttpsRequest;
import org.amrelay.delivery.mtasts.FetchResult.Failed;
import org.amrelay.delivery.mtasts.FetchResult.Fetched;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.WebPki;
import org.amrelay.mail.dns.Dns;

/**
 * Fetches policies from {@code https://mta-sts.DOMAIN/.well-known/mta-sts.txt} (RFC 8461 §3.3).
 *
 * <p>Over verified TLS, without redirects, cookies and caches; at most 64 KB; at most three addresses, all within the
 * time for the whole. Owns no thread. Safe for several threads.
 */
public final class HttpsPolicyFetcher implements PolicyFetcher {
    private static final int OK = 200;

    /**
     * @param port 443 but for tests
     * @param connect time for one TCP connection
     * @param whole time for everything
     */
    public record Limits(int port, Duration connect, Duration whole) {
        /** Port 443, 5 s, 20 s. */
        public static Limits standard() {
            return new Limits(443, Duration.ofSeconds(5), Duration.ofSeconds(20));
        }
    }

    private final HttpsClient client;

    /** @param judging checks certificates */
    public HttpsPolicyFetcher(
            Dns dns, WebPki webPki, ClientTls tls, EventLoopGroup loops, Executor judging, Limits limits) {
        // A domain may keep its policy host inside of a network that it shares with us
        this.client = new HttpsClient(
                new HttpsClient.Ways(dns, address -> true, webPki, tls, loops, judging),
                new HttpsClient.Limits(limits.port(), limits.connect(), limits.whole()));
    }

    @Override
    public CompletionStage<FetchResult> fetch(String domain) {
        String host = "mta-sts." + domain;
        return client.ask(HttpsRequest.get(host, "/.well-known/mta-sts.txt", StsPolicyParser.LARGEST))
                .thenApply(answer -> read(host, answer));
    }

    private static FetchResult read(String host, HttpsAnswer answer) {
        if (answer instanceof Untrusted untrusted) {
            return new Failed(TlsFailure.STS_WEBPKI_INVALID, untrusted.cause());
        }
        return answer instanceof Answered page
                ? policy(host, page)
                : new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, ((HttpsAnswer.Unreachable) answer).cause());
    }

    private static FetchResult policy(String host, Answered page) {
        if (page.status() != OK) {
            // A redirect as well (RFC 8461 §3.3)
            return new Failed(TlsFailure.STS_POLICY_FETCH_ERROR, host + " answered with status " + page.status());
        }
        if (!page.type().equals("text/plain")) {
            return new Failed(TlsFailure.STS_POLICY_INVALID, host + " did not answer with text/plain");
        }
        StsPolicyParser.Parsed parsed = StsPolicyParser.parse(page.text());
        return parsed.policy()
                .<FetchResult>map(Fetched::new)
                .orElseGet(() -> new Failed(TlsFailure.STS_POLICY_INVALID, parsed.mistake()));
    }
}
