// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that issues certificates for hosts of tests. */
public final class TestAuthority {
    /** Keys with their chain: own certificate, then that of the authority. */
    public record Issued(KeyPair keys, List<X509Certificate> chain) {
        public SslContext server() {
            try {
                return SslContextBuilder.forServer(keys.getPrivate(), chain.toArray(X509Certificate[]::new))
                        .build();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** For servers of the Java runtime. */
        public SSLContext context() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("own", keys.getPrivate(), new char[0], chain.toArray(Certificate[]::new));
                KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(store, new char[0]);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** TLSA data of the certificate or key at that place of the chain. */
        public String tlsa(int usage, int selector, int matching) {
            return usage + " " + selector + " " + matching + " "
                    + association(chain.get(usage == 2 ? 1 : 0), selector, matching);
        }
    }

    private final Instant now;
    private final KeyPair keys = keys();
    private final X500Name name = new X500Name("CN=Test Authority " + System.identityHashCode(this));
    private final X509Certificate certificate;
    private long serial = 1;

    public TestAuthority(Instant now) {
        this.now = now;
        this.certificate = sign(name, keys, true, now.plus(Duration.ofDays(900)), false);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public WebPki trusted() {
        return new WebPki(List.of(certificate), () -> now);
    }

    public Issued issue(String... hosts) {
        return issue(now.plus(Duration.ofDays(60)), false, hosts);
    }

    public Issued expired(String... hosts) {
        return issue(now.minus(Duration.ofDays(1)), false, hosts);
    }

    public Issued forClients(String... hosts) {
        return issue(now.plus(Duration.ofDays(60)), true, hosts);
    }

    private Issued issue(Instant until, boolean forClients, String... hosts) {
        KeyPair own = keys();
        X500Name subject = new X500Name("CN=" + hosts[0]);
        return new Issued(own, List.of(sign(subject, own, false, until, forClients, hosts), certificate));
    }

    private X509Certificate sign(
            X500Name subject, KeyPair of, boolean authority, Instant until, boolean forClients, String... hosts) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial++),
                    Date.from(now.minus(Duration.ofDays(30))),
                    Date.from(until),
                    subject,
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (hosts.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(Stream.of(hosts)
                                .map(host -> new GeneralName(GeneralName.dNSName, host))
                                .toArray(GeneralName[]::new)));
            }
            if (forClients) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a record holds for that certificate. */
    public static String association(X509Certificate certificate, int selector, int matching) {
        try {
            byte[] bytes = selector == 0
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            byte[] data = matching == 0
                    ? bytes
                    : MessageDigest.getInstance(matching == 1 ? "SHA-256" : "SHA-512")
                            .digest(bytes);
            return HexFormat.of().formatHex(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
