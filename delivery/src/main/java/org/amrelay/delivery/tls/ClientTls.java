// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/**
 * The client's side of TLS, for policies that take any certificate (RFC 7435 §1.2).
 *
 * <p>TLS 1.2 and 1.3. Safe for several threads.
 */
public final class ClientTls {
    private final SslContext anyCertificate;
    private final List<X509Certificate> trust;

    private ClientTls(SslContext anyCertificate, List<X509Certificate> trust) {
        this.anyCertificate = anyCertificate;
        this.trust = trust;
    }

    /** @throws IllegalStateException when the Java runtime has no TLS */
    public static ClientTls ofJavaRuntime() {
        return of(TlsMaterial.none());
    }

    /**
     * The same with a certificate of our own to show.
     *
     * @throws IllegalStateException when the Java runtime has no TLS, or cannot use the key
     */
    public static ClientTls of(TlsMaterial material) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            material.identity()
                    .ifPresent(own -> builder.keyManager(own.key(), own.chain().toArray(X509Certificate[]::new)));
            return new ClientTls(
                    builder.sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3", "TLSv1.2")
                            .clientAuth(ClientAuth.NONE)
                            .trustManager(new AnyCertificate())
                            // No host name check: there is nothing to check a name against
                            .endpointIdentificationAlgorithm(null)
                            .build(),
                    material.trust());
        } catch (SSLException e) {
            throw new IllegalStateException("the Java runtime has no TLS 1.2, or cannot use the client certificate", e);
        }
    }

    /** Whom to believe instead of the authorities of the Java runtime; empty for those. */
    public List<X509Certificate> trust() {
        return trust;
    }

    /**
     * A handler for one connection.
     *
     * @param host sent as server name
     * @param heavyWork runs key exchange and signatures off the event loop
     */
    public SslHandler handler(ByteBufAllocator allocator, String host, int port, Executor heavyWork) {
        return anyCertificate.newHandler(allocator, host, port, heavyWork);
    }
}
