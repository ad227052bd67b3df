// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key of our servers, read from PEM files and read again when these change.
 *
 * <p>TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only (RFC 9325 §4.2). A new file that cannot be used
 * is reported in one line and the old certificate stays. Safe for several threads; {@link #check} and {@link #reload}
 * block on the disk.
 */
final class TlsIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final Path certificate;
    private final Path key;
    private volatile SslContext context;
    private Optional<Stamp> seen;

    private record Stamp(FileTime certificateTime, long certificateSize, FileTime keyTime, long keySize) {}

    /**
     * Reads the files.
     *
     * @throws SSLException in words for the operator when they cannot be used
     */
    TlsIdentity(Path certificate, Path key) throws SSLException {
        // A client that renegotiates in a loop makes us compute a signature each time; nobody needs renegotiation.
        // The JDK reads this once, when it first handles TLS, and has no other switch for it.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        this.certificate = certificate;
        this.key = key;
        this.seen = stamp();
        this.context = load();
    }

    /**
     * For a connection that begins TLS now.
     *
     * @param askForCertificate whether the client may show one; it proves that it has the key, and nothing else is
     *     checked here: whom it stands for is decided by its fingerprint
     */
    SslHandler handler(Duration handshakeTime, boolean askForCertificate) {
        SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setUseCipherSuitesOrder(true);
        if (askForCertificate) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(handshakeTime.toMillis());
        return handler;
    }

    /** Reads the files again when one of them has changed. */
    synchronized void check() {
        Optional<Stamp> now = stamp();
        if (now.isPresent() && !now.equals(seen)) {
            seen = now;
            reload();
        }
    }

    /** Reads the files again; keeps the old certificate when they cannot be used. */
    synchronized void reload() {
        try {
            context = load();
            LOG.info("using the new certificate of {}", certificate);
        } catch (SSLException e) {
            LOG.error("keeping the old certificate, the new one is unusable: {}", e.getMessage());
        }
    }

    private SslContext load() throws SSLException {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(CIPHERS)
                    .trustManager(new AnyClientCertificate())
                    .build();
        } catch (IllegalArgumentException e) {
            // Netty's way to say that a file is missing or is not PEM, or that key and certificate do not match
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SSLException(certificate + " with " + key + ": " + cause.getMessage(), e);
        }
    }

    private Optional<Stamp> stamp() {
        try {
            return Optional.of(new Stamp(
                    Files.getLastModifiedTime(certificate),
                    Files.size(certificate),
                    Files.getLastModifiedTime(key),
                    Files.size(key)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
