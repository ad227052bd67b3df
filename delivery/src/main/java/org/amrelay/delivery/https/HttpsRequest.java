// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.https;

import java.util.Arrays;
import java.util.Objects;

/**
 * What to ask.
 *
 * @param host name, as it goes to DNS, into the handshake and into the request
 * @param path with the query, beginning with a slash
 * @param contentType of the body; empty for a request without one
 * @param body of a POST; a request with an empty content type is a GET
 * @param largestAnswer octets of the answer's body; more is a failure. 0: only the status counts, the body is not read
 */
public record HttpsRequest(String host, String path, String contentType, byte[] body, int largestAnswer) {
    /** Fetches a page. */
    public static HttpsRequest get(String host, String path, int largestAnswer) {
        return new HttpsRequest(host, path, "", new byte[0], largestAnswer);
    }

    /** Brings something; of the answer only the status is of interest. */
    public static HttpsRequest post(String host, String path, String contentType, byte[] body) {
        return new HttpsRequest(host, path, contentType, body, 0);
    }

    boolean isPost() {
        return !contentType.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpsRequest that
                && host.equals(that.host)
                && path.equals(that.path)
                && contentType.equals(that.contentType)
                && Arrays.equals(body, that.body)
                && largestAnswer == that.largestAnswer;
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, path, contentType, Arrays.hashCode(body), largestAnswer);
    }

    /** Without the body. */
    @Override
    public String toString() {
        return (isPost() ? "POST" : "GET") + " https://" + host + path;
    }
}
