// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Pools of connections to the directories: in their order, with the host's name checked in TLS. Stateless. */
final class LdapConnections {
    private LdapConnections() {}

    /**
     * A pool that connects when it is used first; a directory that does not answer to the bind is passed over.
     *
     * @param bind who the connections are at first
     */
    static LDAPConnectionPool open(LdapSettings settings, BindRequest bind)
            throws IOException, GeneralSecurityException {
        SSLContext tls = tls(settings);
        ServerSet[] servers = settings.urls().stream()
                .map(url -> server(LdapSettings.url(url), settings, bind, tls))
                .toArray(ServerSet[]::new);
        FailoverServerSet all = new FailoverServerSet(servers);
        all.setReOrderOnFailover(true);
        try {
            LDAPConnectionPool pool = new LDAPConnectionPool(all, bind, 0, settings.connections(), null, false);
            pool.setCreateIfNecessary(false);
            pool.setMaxWaitTimeMillis(settings.timeout().toMillis());
            pool.setRetryFailedOperationsDueToInvalidConnections(true);
            return pool;
        } catch (LDAPException wrong) {
            throw new IOException("cannot make connections to the directory: " + wrong.getMessage(), wrong);
        }
    }

    /** Who searches. */
    static BindRequest searcher(LdapSettings settings) throws IOException {
        if (settings.bindDn().isEmpty()) {
            return new SimpleBindRequest();
        }
        String password = settings.password();
        if (!settings.passwordFile().isEmpty()) {
            password = Files.readAllLines(Path.of(settings.passwordFile())).stream()
                    .findFirst()
                    .orElse("");
        }
        if (password.isEmpty()) {
            throw new IOException("ldap.bind-dn has no password: set ldap.password or ldap.password-file");
        }
        return new SimpleBindRequest(settings.bindDn(), password);
    }

    private static ServerSet server(LDAPURL url, LdapSettings settings, BindRequest bind, SSLContext tls) {
        int patience = (int) settings.timeout().toMillis();
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(patience);
        options.setResponseTimeoutMillis(patience);
        options.setAbandonOnTimeout(false);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        if (url.getScheme().equals("ldaps")) {
            return new SingleServerSet(url.getHost(), url.getPort(), tls.getSocketFactory(), options, bind, null);
        }
        PostConnectProcessor first = settings.starttls() ? new StartTLSPostConnectProcessor(tls) : null;
        return new SingleServerSet(url.getHost(), url.getPort(), null, options, bind, first);
    }

    private static SSLContext tls(LdapSettings settings) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        if (settings.trustedCertificates().isEmpty()) {
            context.init(null, null, null);
            return context;
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(settings.trustedCertificates()))) {
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + number++, each);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
