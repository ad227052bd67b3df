// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes every certificate. Right for opportunistic TLS only, where the alternative is plain text: it keeps listeners
 * out, not impostors.
 */
final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        // Any
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        // Any
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // Any
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // Any
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        // Any
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        // Any
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
