// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.https.HttpsAnswer;
import org.amrelay.delivery.https.HttpsAnswer.Answered;
import org.amrelay.delivery.https.HttpsAnswer.Unreachable;
import org.amrelay.delivery.https.HttpsAnswer.Untrusted;
import org.amrelay.delivery.https.HttpsClient;
import org.amrelay.delivery.https.HttpsRequest;

/**
 * Posts reports over verified TLS (RFC 8460 §5.4).
 *
 * <p>Follows no redirect: a record names the host that gets the report, and that host may not name another one. Of the
 * answer only the status is read. Safe for several threads.
 */
public final class HttpsReportUpload implements ReportUpload {
    private static final int LARGEST = 10 << 20;

    private final HttpsClient client;

    public HttpsReportUpload(HttpsClient client) {
        this.client = client;
    }

    @Override
    public CompletionStage<Uploaded> post(String address, byte[] gzip) {
        Optional<WebAddress> to = WebAddress.parse(address);
        if (to.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Uploaded.Impossible("reports go to https:, a name and the usual port only"));
        }
        if (gzip.length > LARGEST) {
            return CompletableFuture.completedFuture(
                    new Uploaded.Impossible("the report has " + gzip.length + " octets, which is too large"));
        }
        return client.ask(HttpsRequest.post(to.get().host(), to.get().path(), "application/tlsrpt+gzip", gzip))
                .thenApply(HttpsReportUpload::meaning);
    }

    private static Uploaded meaning(HttpsAnswer answer) {
        if (answer instanceof Answered answered) {
            return answered.status() / 100 == 2
                    ? new Uploaded.Accepted()
                    : new Uploaded.Waiting("answered with status " + answered.status());
        }
        return new Uploaded.Waiting(
                answer instanceof Untrusted untrusted ? untrusted.cause() : ((Unreachable) answer).cause());
    }
}
