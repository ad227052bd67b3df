// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.server.ldap.PrivateSlapd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accounts of Debian's slapd, behind StartTLS, at a relay with accounts of its own beside them.
 *
 * <p>Few wrong passwords: each is answered later than the one before.
 */
class DirectoryLogInsTest {
    private static final String PASSWORD = "a good password";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENTRIES = String.join(
            "\n",
            "dn: dc=ours,dc=example\nobjectClass: domain\ndc: ours\n",
            person("bob", "mail: bob@ours.example\nmail: robert@ours.example", PASSWORD),
            person("both", "mail: both@ours.example", "of the directory"),
            person("one", "mail: twin@ours.example", PASSWORD),
            person("two", "mail: twin@ours.example", PASSWORD),
            "");
    private static PrivateSlapd slapd;
    private static RunningRelay relay;

    private static String person(String name, String mail, String password) {
        return "dn: uid=" + name + ",dc=ours,dc=example\nobjectClass: inetOrgPerson\ncn: " + name + "\nsn: " + name
                + "\n"
                + "uid: " + name + "\n" + mail + "\nou: alias-of-" + name + "@ours.example\nuserPassword: " + password
                + "\n";
    }

    @BeforeAll
    static void startARelay(@TempDir Path directory) throws Exception {
        slapd = PrivateSlapd.start(Files.createDirectory(directory.resolve("slapd")), ENTRIES);
        Home home = TestHome.in(directory.resolve("home"));
        Files.writeString(
                home.conf().resolve("accounts.yaml"),
                String.join(
                        "\n",
                        "ldap:",
                        // The first one is not there
                        "  urls: \"ldap://localhost:1, ldap://localhost:" + slapd.port() + "\"",
                        "  trusted-certificates: " + slapd.authority(),
                        "  bind-dn: " + PrivateSlapd.SEARCHER,
                        "  password: ${LDAP_PASSWORD}",
                        "  base: " + PrivateSlapd.BASE,
                        "  alias-attributes: ou",
                        "  recipient-domains: ours.example",
                        "  timeout: 2s",
                        "  keep-found: 1ms",
                        "  keep-missing: 1ms",
                        ""));
        Map<String, String> environment = new HashMap<>(TestHome.ENVIRONMENT);
        environment.put("LDAP_PASSWORD", PrivateSlapd.SEARCHER_PASSWORD);
        relay = RunningRelay.open(home, TestHome.settings(home), environment);
        relay.operations().addDomain("ours.example");
        relay.operations().addAccount("local@ours.example", PASSWORD);
        relay.operations().addAccount("both@ours.example", "of the relay");
        worksAgain();
    }

    @AfterAll
    static void stopIt() {
        if (relay != null) {
            relay.close();
        }
        if (slapd != null) {
            slapd.close();
        }
    }

    private static Client client() {
        return Client.inTls(relay.ports().submissions());
    }

    private static String plain(Client client, String name, String password) {
        return client.writes("AUTH PLAIN " + Client.base64("\0" + name + "\0" + password))
                .reads();
    }

    private static String logIn(String name, String password) {
        try (Client c = client()) {
            return plain(c, name, password);
        }
    }

    private static String rcpt(String recipient) {
        try (Client c = Client.greeted(relay.ports().receive())) {
            c.writes("EHLO client.test")
                    .expects("250")
                    .writes("MAIL FROM:<a@b.test>")
                    .expects("250");
            return c.writes("RCPT TO:<" + recipient + ">").reads();
        }
    }

    @Test
    void aPasswordOfTheDirectoryLetsInUnderItsAddressesOnly() {
        try (Client c = client()) {
            assertThat(plain(c, "Bob@ours.example", PASSWORD)).startsWith("235 2.7.0");
            for (String own : new String[] {"bob", "robert", "alias-of-bob"}) {
                c.writes("MAIL FROM:<" + own + "@ours.example>").expects("250");
                c.writes("RSET").expects("250");
            }
            c.writes("MAIL FROM:<both@ours.example>").expects("553 5.7.1");
        }
        try (Client c = client()) {
            c.writes("AUTH LOGIN").expects("334").writes(Client.base64("bob@ours.example"));
            c.expects("334").writes(Client.base64(PASSWORD)).expects("235");
        }
    }

    @Test
    void anAccountOfTheRelayComesBeforeTheEntryOfItsName() {
        assertThat(logIn("local@ours.example", PASSWORD)).startsWith("235");
        assertThat(logIn("both@ours.example", "of the relay")).startsWith("235");
        assertThat(logIn("both@ours.example", "of the directory")).startsWith("535 5.7.8");
    }

    @Test
    void aPasswordThatIsWrongOrEmptyLetsNobodyIn() {
        assertThat(logIn("bob@ours.example", "a bad password")).startsWith("535 5.7.8");
        // This slapd lets a name without a password in as nobody (RFC 4513 §5.1.2)
        assertThat(logIn("bob@ours.example", "")).startsWith("535 5.7.8");
    }

    @Test
    void aNameOfTwoEntriesHasToBeMended() {
        assertThat(logIn("twin@ours.example", PASSWORD)).startsWith("454 4.7.0");
        assertThat(logIn("bob@ours.example", PASSWORD)).startsWith("235");
    }

    @Test
    void recipientsAreThoseOfTheRelayAndOfTheDirectory() {
        for (String known :
                new String[] {"bob", "ROBERT", "alias-of-bob", "bob+lists", "twin", "local", "postmaster"}) {
            assertThat(rcpt(known + "@ours.example")).as(known).startsWith("250");
        }
        for (String unknown : new String[] {"nobody", "bo*", "nobody+bob", "\"bob)(uid=*\""}) {
            assertThat(rcpt(unknown + "@ours.example")).as(unknown).startsWith("550 5.1.1");
        }
    }

    @Test
    void aDirectoryThatHangsMeansTryLaterUntilItGoesOn() throws Exception {
        assertThat(logIn("bob@ours.example", PASSWORD)).startsWith("235");
        slapd.hang();
        try {
            for (int i = 0; i < 2; i++) {
                assertThat(logIn("bob@ours.example", PASSWORD)).startsWith("454 4.7.0");
                assertThat(rcpt("bob@ours.example")).startsWith("451 4.3.0");
                assertThat(rcpt("nobody@ours.example")).startsWith("451 4.3.0");
            }
            assertThat(logIn("local@ours.example", PASSWORD)).startsWith("235");
            assertThat(rcpt("local@ours.example")).startsWith("250");
        } finally {
            slapd.goOn();
        }
        worksAgain();
    }

    @Test
    void aDirectoryThatIsGoneMeansTryLaterUntilItIsBack() throws Exception {
        slapd.stop();
        try {
            assertThat(logIn("bob@ours.example", PASSWORD)).startsWith("454 4.7.0");
            assertThat(rcpt("nobody@ours.example")).startsWith("451 4.3.0");
        } finally {
            slapd.startAgain();
        }
        worksAgain();
    }

    private static void worksAgain() {
        await("the relay asks the directory again").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(logIn("bob@ours.example", PASSWORD)).startsWith("235");
            assertThat(rcpt("nobody@ours.example")).startsWith("550 5.1.1");
        });
    }
}
