// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.SubmissionOperations;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.server.oidc.LocalIssuer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to log in, at a relay with its own storage and the shipped configuration. */
class SubmissionLogInsTest {
    private static final String PASSWORD = "a good password";
    private static int accounts;
    private static RunningRelay relay;
    private static LocalIssuer issuer;

    @BeforeAll
    static void startARelay(@TempDir Path directory) throws Exception {
        issuer = new LocalIssuer();
        Home home = TestHome.in(directory.resolve("home"));
        Map<String, String> environment = new HashMap<>(TestHome.ENVIRONMENT);
        environment.put("AMR_TLS_CLIENT_CERTIFICATES", "true");
        Files.writeString(
                home.conf().resolve("accounts.yaml"),
                "passwords:\n  scram-plus: true\noidc:\n  issuer: " + LocalIssuer.NAME + "\n  audience: amr\n  jwks: "
                        + issuer.jwksAddress() + "\n");
        relay = RunningRelay.open(home, TestHome.settings(home), environment);
        relay.operations().addDomain("ours.example");
    }

    @AfterAll
    static void stopIt() {
        relay.close();
        issuer.close();
    }

    private static String account() {
        accounts++;
        String name = "user" + accounts + "@ours.example";
        assertThat(relay.operations().addAccount(name, PASSWORD)).isTrue();
        return name;
    }

    private static SubmissionOperations submission() {
        return relay.operations().submission();
    }

    private static Client client(KeyManager... keys) {
        return Client.inTls(relay.ports().submissions(), keys);
    }

    private static String plain(Client client, String account, String password) {
        return client.writes("AUTH PLAIN " + Client.base64("\0" + account + "\0" + password))
                .reads();
    }

    @Test
    void anAppPasswordLetsInUntilItIsRevoked() {
        String account = account();
        String secret = submission().addAppPassword(account, "phone").orElseThrow();
        assertThat(submission().addAppPassword(account, "phone")).isEmpty();
        assertThat(submission().appPasswords(account))
                .extracting(Answers.LogIn::lastUsedAt)
                .containsExactly("");
        try (Client c = client()) {
            assertThat(plain(c, account, secret)).startsWith("235 2.7.0");
            c.writes("MAIL FROM:<" + account + ">").expects("250");
        }
        assertThat(submission().appPasswords(account))
                .extracting(Answers.LogIn::lastUsedAt)
                .doesNotContain("");
        try (Client c = client()) {
            assertThat(plain(c, account(), secret)).startsWith("535 5.7.8");
        }
        assertThat(submission().removeAppPassword(account, "phone")).isTrue();
        try (Client c = client()) {
            assertThat(plain(c, account, secret)).startsWith("535 5.7.8");
            assertThat(plain(c, account, PASSWORD)).startsWith("235");
        }
    }

    @Test
    void scramLetsInWithThePasswordAndEachAppPassword() throws Exception {
        String account = account();
        String secret = submission().addAppPassword(account, "phone").orElseThrow();
        try (Client c = client()) {
            assertThat(c.lastReply())
                    .anyMatch(line -> line.contains("AUTH PLAIN LOGIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS"));
            assertThat(ScramTalk.logIn(c, account, PASSWORD)).startsWith("334 ");
            c.writes("").expects("235 2.7.0");
            c.writes("MAIL FROM:<" + account + ">").expects("250");
        }
        assertThat(relay.operations().changePassword(account, "another password"))
                .isTrue();
        try (Client c = client()) {
            assertThat(ScramTalk.logIn(c, account.toUpperCase(java.util.Locale.ROOT), secret))
                    .startsWith("334 ");
            c.writes("").expects("235");
        }
        assertThat(submission().appPasswords(account))
                .extracting(Answers.LogIn::lastUsedAt)
                .doesNotContain("");
        try (Client c = client()) {
            assertThat(ScramTalk.logIn(c, account, PASSWORD)).isEqualTo("535 5.7.8 authentication failed");
            assertThat(ScramTalk.logIn(c, "nobody@ours.example", PASSWORD))
                    .isEqualTo("535 5.7.8 authentication failed");
        }
    }

    @Test
    void scramCanBeTiedToTheCertificate() throws Exception {
        String account = account();
        try (Client c = client()) {
            assertThat(ScramTalk.logInBound(c, c.certificate(), account, PASSWORD))
                    .startsWith("334 ");
            c.writes("").expects("235");
        }
        try (Client c = client()) {
            X509Certificate another = certificate(keys(), "somebody else");
            assertThat(ScramTalk.logInBound(c, another, account, PASSWORD)).startsWith("535 5.7.8");
            c.writes("AUTH SCRAM-SHA-256").expects("334 ").writes("*").expects("501 5.7.0");
            c.writes("AUTH SCRAM-SHA-256 !").expects("501 5.5.2");
        }
    }

    @Test
    void aRegisteredCertificateLetsInUntilItIsForgotten() throws Exception {
        String account = account();
        KeyPair pair = keys();
        X509Certificate certificate = certificate(pair, "printer");
        try (Client c = client(manager(pair, certificate))) {
            assertThat(c.lastReply()).noneMatch(line -> line.contains("EXTERNAL"));
            c.writes("AUTH EXTERNAL =").expects("504 5.5.4");
        }
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        assertThat(submission().addCertificate(account, "printer", pem)).isTrue();
        assertThat(submission().addCertificate(account(), "mine too", pem)).isFalse();
        try (Client c = client(manager(pair, certificate))) {
            assertThat(c.lastReply()).anyMatch(line -> line.endsWith(" EXTERNAL"));
            c.writes("AUTH EXTERNAL " + Client.base64("root@ours.example")).expects("535 5.7.8");
            c.writes("AUTH EXTERNAL =").expects("235 2.7.0");
            c.writes("MAIL FROM:<" + account + ">").expects("250");
        }
        assertThat(submission().certificates(account)).singleElement().satisfies(each -> {
            assertThat(each.lastUsedAt()).isNotEmpty();
            assertThat(each.fingerprint()).hasSize(64);
        });
        assertThat(submission().removeCertificate(account, "printer")).isTrue();
        try (Client c = client(manager(pair, certificate))) {
            c.writes("AUTH EXTERNAL =").expects("504 5.5.4");
        }
        try (Client c = client()) {
            c.writes("AUTH EXTERNAL =").expects("504 5.5.4");
        }
    }

    @Test
    void aTokenOfTheIssuerLetsIn() {
        String account = account();
        String token = issuer.token(LocalIssuer.claims(account, Instant.now()));
        try (Client c = client()) {
            assertThat(c.lastReply()).anyMatch(line -> line.contains(" OAUTHBEARER XOAUTH2"));
            c.writes("AUTH OAUTHBEARER "
                            + Client.base64("n,a=" + account + ",\u0001auth=Bearer " + token + "\u0001\u0001"))
                    .expects("235 2.7.0");
            c.writes("MAIL FROM:<" + account + ">").expects("250");
        }
        try (Client c = client()) {
            c.writes("AUTH XOAUTH2").expects("334 ");
            c.writes(Client.base64("user=" + account + "\u0001auth=Bearer " + token + "\u0001\u0001"))
                    .expects("235 2.7.0");
        }
        String expired = issuer.token(LocalIssuer.claims(account, Instant.now().minusSeconds(1000)));
        try (Client c = client()) {
            c.writes("AUTH OAUTHBEARER " + Client.base64("n,,\u0001auth=Bearer " + expired + "\u0001\u0001"))
                    .expects("334 "
                            + Client.base64("{\"status\":\"invalid_token\"").substring(0, 30));
            c.writes("AQ==").expects("535 5.7.8");
        }
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair pair, String name) throws Exception {
        X500Name subject = new X500Name("CN=" + name);
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                subject,
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(86_400)),
                                subject,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static KeyManager manager(KeyPair pair, X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("me", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers()[0];
    }

    @Test
    void anAccountTakesItsLogInsWithIt() {
        String account = account();
        String secret = submission().addAppPassword(account, "phone").orElseThrow();
        assertThat(relay.operations().removeAccount(account)).isTrue();
        assertThat(relay.operations().addAccount(account, "another password")).isTrue();
        try (Client c = client()) {
            assertThat(plain(c, account, secret)).startsWith("535");
        }
        assertThat(Optional.of(submission().appPasswords(account))).hasValue(java.util.List.of());
    }
}
