// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.amrelay.authentication.limit.LimitRule;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.settings.Declaration;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.SettingsFile;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TestHome;
import org.amrelay.server.ldap.LdapSettings;
import org.amrelay.server.ldap.NoLdap;
import org.amrelay.server.oidc.OidcSettings;
import org.amrelay.smtp.mail.AliasIdentities;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.Account;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.lib.MappingSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StoredIdentitiesTest {
    private static final String ANN = "ann@ours.test";

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    @TempDir
    private Path directory;

    private Rewriting rewriting;
    private RelayStorage storage;

    @BeforeEach
    void anAccount(RelayStorage opened) throws Exception {
        storage = opened;
        rewriting = Rewriting.on(opened);
        rewriting.domains().addDomain(org.apache.james.core.Domain.of("ours.test"));
        rewriting.table().setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        opened.accounts().add(new Account(ANN, "hash", Instant.EPOCH));
    }

    private AccountRules rules(String yaml) throws Exception {
        Home home = TestHome.in(directory);
        Files.writeString(home.conf().resolve("accounts.yaml"), yaml);
        return AccountRules.read(home, Map.of());
    }

    private boolean annMayUse(String address, String yaml) throws Exception {
        AliasIdentities aliases = new AliasIdentities(
                rewriting.users(),
                new CanSendFromImpl(rewriting.table(), new AliasReverseResolverImpl(rewriting.table())));
        return new StoredIdentities(aliases, storage.identities(), rules(yaml), storage.accounts(), NoLdap.accounts())
                .mayUse("Ann@Ours.test", EmailAddress.of(address));
    }

    @Test
    void knowsTheOwnAddressAliasesAndGrants() throws Exception {
        rewriting.table().addAliasMapping(MappingSource.parse("sales@ours.test"), ANN);
        storage.identities().add(ANN, "info@ours.test");
        storage.identities().add(ANN, "@reports.test");
        assertThat(annMayUse("ANN@ours.test", "")).isTrue();
        assertThat(annMayUse("sales@ours.test", "")).isTrue();
        assertThat(annMayUse("Info@ours.test", "")).isTrue();
        assertThat(annMayUse("daily@Reports.test", "")).isTrue();
        assertThat(annMayUse("daily@sub.reports.test", "")).isFalse();
        assertThat(annMayUse("boss@ours.test", "")).isFalse();
    }

    @Test
    void followsTheFileOfAccounts() throws Exception {
        assertThat(annMayUse("boss@ours.test", "identities:\n  own-domain: true\n"))
                .isTrue();
        assertThat(annMayUse("boss@yours.test", "identities:\n  own-domain: true\n"))
                .isFalse();
        assertThat(annMayUse("a@b.test", "identities:\n  any-sender: ann@ours.test\n"))
                .isTrue();
        assertThat(annMayUse("a@b.test", "grants:\n  Ann@ours.test: \"x@y.test, @B.test\"\n"))
                .isTrue();
    }

    @Test
    void readsLimitsAndBans() throws Exception {
        assertThat(rules("").limits()).extracting(LimitRule::name).containsExactly("messages", "recipients");
        assertThat(rules("limits:\n  messages: none\n  bytes: 1GB bytes per network in 1d fixed\n")
                        .limits())
                .extracting(LimitRule::name)
                .containsExactlyInAnyOrder("recipients", "bytes");
        assertThatThrownBy(() -> rules("limits:\n  messages: many\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("line 2: limits.messages is 'many', which is not like '500 messages per account");
        assertThatThrownBy(() -> rules("bans:\n  never: example.org\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("'never' has 'example.org', which is no network");
        assertThatThrownBy(() -> rules("containment:\n  sensitivity: 99\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("sensitivity outside 0.1 to 10");
        assertThatThrownBy(() -> rules("containment:\n  tell: nobody\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("'tell' is 'nobody', which is no address");
    }

    @Test
    void theShippedFileSaysWhatHoldsWithoutIt() throws Exception {
        assertThat(rules(Files.readString(Path.of("../conf/accounts.yaml")))).isEqualTo(rules(""));
    }

    @Test
    void theSchemaNamesEverySettingAndItsDefault() throws Exception {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("../conf/schema/accounts.schema.json").toFile())
                .get("properties");
        Map<String, Class<? extends Record>> sections = Map.of(
                "identities", IdentitySettings.class,
                "passwords", PasswordSettings.class,
                "oidc", OidcSettings.class,
                "ldap", LdapSettings.class,
                "bans", BanSettings.class,
                "containment", ContainmentRules.class);
        sections.forEach((section, type) -> Declaration.of(type).forEach(declaration -> {
            JsonNode node = schema.get(section).get("properties").get(SettingsFile.yamlName(declaration.name()));
            assertThat(node).as(section + " " + declaration.name()).isNotNull();
            assertThat(node.get("description").asText()).isEqualTo(declaration.description());
        }));
    }

    @Test
    void saysWhatIsWrongInTheFileOfAccounts() {
        assertThatThrownBy(() -> rules("identity:\n  own-domain: true\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(
                        "line 2: 'identity' is unknown, known are bans, containment, grants, identities, ldap, limits, oidc, passwords");
        assertThatThrownBy(() -> rules("identities:\n  own-domian: true\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("did you mean 'own-domain'?");
        assertThatThrownBy(() -> rules("grants:\n  ann@ours.test: ours.test\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("line 2: grants.ann@ours.test has 'ours.test', which is no address");
    }
}
