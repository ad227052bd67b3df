// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.smtp.rcpt.RecipientDirectory.Existence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a real directory shows: filters, binds, certificates, fail-over. */
class LdapAccountsTest {
    private static final String BOB = "bob@ours.example";
    private static final String PASSWORD = "a good password";
    private static PrivateSlapd slapd;

    @BeforeAll
    static void startADirectory(@TempDir Path directory) throws Exception {
        slapd = PrivateSlapd.start(
                directory,
                "dn: dc=ours,dc=example\nobjectClass: domain\ndc: ours\n\n"
                        + "dn: uid=bob,dc=ours,dc=example\nobjectClass: inetOrgPerson\ncn: Bob\nsn: Bob\nuid: bob\n"
                        + "mail: " + BOB + "\nuserPassword: " + PASSWORD + "\n\n"
                        + "dn: uid=machine,dc=ours,dc=example\nobjectClass: account\nuid: machine\n\n");
    }

    @AfterAll
    static void stopIt() {
        if (slapd != null) {
            slapd.close();
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> values = new HashMap<>();
        values.put("urls", "ldap://localhost:" + slapd.port());
        values.put("trustedCertificates", slapd.authority().toString());
        values.put("bindDn", PrivateSlapd.SEARCHER);
        values.put("password", PrivateSlapd.SEARCHER_PASSWORD);
        values.put("base", PrivateSlapd.BASE);
        values.put("timeout", "20s");
        return values;
    }

    private static boolean letsIn(Map<String, String> settings, String name, String password) throws IOException {
        try (LdapAccounts accounts = LdapAccounts.open(NoLdap.settings(settings), Clock.systemUTC())) {
            return accounts.letsIn(name, password);
        }
    }

    @Test
    void asksTheNextDirectoryWhenTheFirstIsNotThere() throws Exception {
        Map<String, String> settings = settings();
        settings.put("urls", "ldap://localhost:1, ldap://localhost:" + slapd.port());
        assertThat(letsIn(settings, "Bob@Ours.example", PASSWORD)).isTrue();
        assertThat(letsIn(settings, BOB, "another")).isFalse();
    }

    @Test
    void aNameNeedNotBeAnAddress() throws Exception {
        Map<String, String> settings = settings();
        settings.put("userAttribute", "uid");
        try (LdapAccounts accounts = LdapAccounts.open(NoLdap.settings(settings), Clock.systemUTC())) {
            assertThat(accounts.letsIn("bob", PASSWORD)).isTrue();
            assertThat(accounts.mayUse("bob", EmailAddress.of(BOB))).isTrue();
            assertThat(accounts.mayUse("bob", EmailAddress.of("boss@ours.example")))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "b*",
                "bob@ours.example)(uid=*",
                "bob@ours.example)(|(uid=*",
                "*)(&",
                "bob@ours.example\\00",
                "\\2a",
                "bob@ours.example ",
                " bob@ours.example",
                "bob @ours.example",
                "uid=bob,dc=ours,dc=example",
                "b\u00f6b@ours.example",
                "bob\u0000@ours.example"
            })
    void aNameIsNothingButAName(String name) throws Exception {
        assertThat(letsIn(settings(), name, PASSWORD)).isFalse();
    }

    @Test
    void anEmptyPasswordLetsNobodyInWhateverTheDirectorySays() throws Exception {
        assertThat(letsIn(settings(), BOB, "")).isFalse();
        try (Directory directory = new LdapDirectory(NoLdap.settings(settings()))) {
            Person bob = directory.named(BOB).get(0);
            assertThat(directory.isRight(bob, "")).isFalse();
            assertThat(directory.isRight(bob, PASSWORD)).isTrue();
        }
    }

    @Test
    void anAccountWithoutAPasswordIsNotLetIn() throws Exception {
        Map<String, String> settings = settings();
        settings.put("userAttribute", "uid");
        settings.put("filter", "(objectClass=account)");
        assertThat(letsIn(settings, "machine", PASSWORD)).isFalse();
        assertThat(letsIn(settings, "bob", PASSWORD)).isFalse();
    }

    @Test
    void readsTheSearchersPasswordFromAFile(@TempDir Path directory) throws Exception {
        Map<String, String> settings = settings();
        settings.remove("password");
        Path file = Files.writeString(directory.resolve("password"), PrivateSlapd.SEARCHER_PASSWORD + "\n");
        settings.put("passwordFile", file.toString());
        assertThat(letsIn(settings, BOB, PASSWORD)).isTrue();
        Files.writeString(file, "");
        assertThatThrownBy(() -> letsIn(settings, BOB, PASSWORD)).hasMessageContaining("has no password");
    }

    @Test
    void aSearcherWhoIsRefusedMeansTryLater() {
        Map<String, String> settings = settings();
        settings.put("password", "wrong");
        assertThatThrownBy(() -> letsIn(settings, BOB, PASSWORD)).isInstanceOf(IOException.class);
    }

    @Test
    void neverTalksToADirectoryThatItsAuthorityDoesNotSignOrThatHasAnotherName(@TempDir Path directory)
            throws Exception {
        Map<String, String> ofJava = settings();
        ofJava.remove("trustedCertificates");
        assertThatThrownBy(() -> letsIn(ofJava, BOB, PASSWORD)).isInstanceOf(IOException.class);
        String entry = "dn: dc=ours,dc=example\nobjectClass: domain\ndc: ours\n\n";
        try (PrivateSlapd other = PrivateSlapd.start(directory, "another.example", entry)) {
            Map<String, String> settings = settings();
            settings.put("urls", "ldap://localhost:" + other.port());
            settings.put("trustedCertificates", other.authority().toString());
            assertThatThrownBy(() -> letsIn(settings, BOB, PASSWORD)).isInstanceOf(IOException.class);
            settings.put("starttls", "false");
            assertThat(letsIn(settings, BOB, PASSWORD)).isFalse();
        }
    }

    @Test
    void knowsWhichRecipientsThereAre() throws Exception {
        try (LdapAccounts accounts = LdapAccounts.open(NoLdap.settings(settings()), Clock.systemUTC())) {
            assertThat(accounts.find(EmailAddress.of("BOB@ours.example"))).isEqualTo(Existence.EXISTS);
            assertThat(accounts.find(EmailAddress.of("bob+x@ours.example"))).isEqualTo(Existence.EXISTS);
            assertThat(accounts.find(EmailAddress.of("b*@ours.example"))).isEqualTo(Existence.MISSING);
        }
    }

    @Test
    void saysWhatIsWrongInTheSettings() {
        Map<String, String> settings = settings();
        settings.put("urls", "ldap://ldap.example.org");
        settings.put("starttls", "false");
        assertThatThrownBy(() -> NoLdap.settings(settings)).hasMessageContaining("passwords in the clear");
        settings.put("starttls", "true");
        assertThat(NoLdap.settings(settings).toString()).doesNotContain(PrivateSlapd.SEARCHER_PASSWORD);
        settings.put("urls", "http://ldap.example.org");
        assertThatThrownBy(() -> NoLdap.settings(settings))
                .hasMessageContaining("'urls' has 'http://ldap.example.org'");
        settings.putAll(settings());
        settings.put("filter", "(objectClass=");
        assertThatThrownBy(() -> NoLdap.settings(settings)).hasMessageContaining("is no LDAP filter");
        settings.putAll(settings());
        settings.put("base", "");
        assertThatThrownBy(() -> NoLdap.settings(settings)).hasMessageContaining("'base' is missing");
    }
}
