// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.https;

/** What came of a request. */
public sealed interface HttpsAnswer {
    /**
     * The host answered.
     *
     * @param type media type in lower case without parameters; empty when there is none
     * @param text the body as UTF-8; empty when it was not asked for
     */
    record Answered(int status, String type, String text) implements HttpsAnswer {}

    /** It did not, in time and form. */
    record Unreachable(String cause) implements HttpsAnswer {}

    /** Somebody else did: no TLS, or no certificate of a public authority for the host's name. Nothing was sent. */
    record Untrusted(String cause) implements HttpsAnswer {}
}
