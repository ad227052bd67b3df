// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.amrelay.storage.StorageContract;
import org.junit.jupiter.api.Test;

public interface AccountContract extends StorageContract {
    @Test
    default void keepsAccountsOverARestart() {
        Account alice = new Account("alice@relay.example", "hash", NOW);
        assertThat(storage().accounts().find(alice.name())).isEmpty();

        assertThat(storage().accounts().add(alice)).isTrue();

        assertThat(storage().accounts().find(alice.name())).contains(alice);
        assertThat(reopened().accounts().find(alice.name())).contains(alice);
        assertThat(storage().accounts().add(alice)).isFalse();
        assertThat(storage().accounts().count()).isEqualTo(1);
        assertThat(storage().accounts().names("", 9)).containsExactly(alice.name());
    }

    @Test
    default void seesAChangedAccountAtOnce() {
        Account before = new Account("alice@relay.example", "old", NOW);
        Account after = new Account("alice@relay.example", "new", NOW);
        storage().accounts().add(before);
        storage().accounts().find(before.name());

        assertThat(storage().accounts().update(after)).isTrue();
        assertThat(storage().accounts().find(before.name())).contains(after);
        assertThat(storage().accounts().remove(before.name())).isTrue();

        assertThat(storage().accounts().find(before.name())).isEmpty();
        assertThat(storage().accounts().update(after)).isFalse();
        assertThat(storage().accounts().remove(before.name())).isFalse();
    }

    @Test
    default void keepsGrantedIdentitiesAsLongAsTheAccount() {
        String alice = "alice@relay.example";
        assertThat(storage().identities().add(alice, "@relay.example")).isFalse();
        storage().accounts().add(new Account(alice, "hash", NOW));

        assertThat(storage().identities().add(alice, "@relay.example")).isTrue();
        assertThat(storage().identities().add(alice, "@relay.example")).isFalse();
        assertThat(storage().identities().add(alice, "info@relay.example")).isTrue();
        assertThat(storage().identities().add(alice, "spare@relay.example")).isTrue();
        assertThat(storage().identities().remove(alice, "spare@relay.example")).isTrue();
        assertThat(storage().identities().remove(alice, "spare@relay.example")).isFalse();

        assertThat(reopened().identities().of(alice)).containsExactly("@relay.example", "info@relay.example");
        assertThat(storage().identities().contains(alice, "info@relay.example")).isTrue();
        assertThat(storage().identities().all()).containsOnlyKeys(alice);
        storage().accounts().remove(alice);
        assertThat(storage().identities().of(alice)).isEmpty();
        assertThat(reopened().identities().all()).isEmpty();
    }

    private static FurtherCredential appPassword(String account, String name, String credential) {
        return new FurtherCredential(
                account, FurtherCredential.Kind.APP_PASSWORD, name, credential, NOW, java.util.Optional.empty());
    }

    @Test
    default void keepsFurtherCredentialsAsLongAsTheAccount() {
        String alice = "alice@relay.example";
        FurtherCredential.Kind kind = FurtherCredential.Kind.APP_PASSWORD;
        assertThat(storage().furtherCredentials().add(appPassword(alice, "phone", "1")))
                .isFalse();
        storage().accounts().add(new Account(alice, "hash", NOW));

        assertThat(storage().furtherCredentials().add(appPassword(alice, "phone", "1")))
                .isTrue();
        assertThat(storage().furtherCredentials().add(appPassword(alice, "phone", "2")))
                .isFalse();
        assertThat(storage().furtherCredentials().add(appPassword(alice, "desk", "1")))
                .isFalse();
        assertThat(storage().furtherCredentials().add(appPassword(alice, "desk", "2")))
                .isTrue();
        assertThat(storage().furtherCredentials().used(alice, kind, "desk", NOW.plusSeconds(9)))
                .isTrue();
        assertThat(storage().furtherCredentials().used(alice, kind, "none", NOW))
                .isFalse();

        assertThat(reopened().furtherCredentials().of(alice, kind))
                .extracting(each ->
                        each.name() + " " + each.lastUsedAt().orElse(NOW).getEpochSecond())
                .containsExactly("desk " + NOW.plusSeconds(9).getEpochSecond(), "phone " + NOW.getEpochSecond());
        assertThat(storage().furtherCredentials().of(alice, FurtherCredential.Kind.CLIENT_CERTIFICATE))
                .isEmpty();
        assertThat(storage().furtherCredentials().withCredential(kind, "2"))
                .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("desk"));
        assertThat(storage().furtherCredentials().remove(alice, kind, "desk")).isTrue();
        assertThat(storage().furtherCredentials().remove(alice, kind, "desk")).isFalse();
        assertThat(storage().furtherCredentials().withCredential(kind, "2")).isEmpty();
        storage().accounts().remove(alice);
        assertThat(storage().furtherCredentials().withCredential(kind, "1")).isEmpty();
        assertThat(reopened().furtherCredentials().of(alice, kind)).isEmpty();
    }

    @Test
    default void keepsBansAndForgetsOldOnes() {
        StoredBan old = new StoredBan("192.0.2.1", NOW, NOW.plusSeconds(10), 1);
        StoredBan again = new StoredBan("192.0.2.1", NOW, NOW.plusSeconds(20), 2);
        StoredBan other = new StoredBan("2001:db8::/64", NOW, NOW.plusSeconds(5), 1);
        storage().bans().put(old, NOW);
        storage().bans().put(again, NOW);
        storage().bans().put(other, NOW);

        assertThat(reopened().bans().all()).containsExactly(again, other);
        assertThat(storage().bans().find("192.0.2.1")).contains(again);
        storage().bans().put(again, NOW.plusSeconds(6));
        assertThat(reopened().bans().all()).containsExactly(again);
        assertThat(storage().bans().remove("192.0.2.1")).isTrue();
        assertThat(storage().bans().remove("192.0.2.1")).isFalse();
        assertThat(reopened().bans().all()).isEmpty();
    }

    @Test
    default void neverShowsACredentialInText() {
        assertThat(new Account("alice", "secret", NOW)).asString().doesNotContain("secret");
    }

    @Test
    default void keepsDomainsInLowerCase() {
        assertThat(storage().domains().add("Relay.Example")).isTrue();
        assertThat(storage().domains().add("relay.example")).isFalse();

        assertThat(storage().domains().contains("RELAY.example")).isTrue();
        assertThat(reopened().domains().all()).containsExactly("relay.example");
        assertThat(storage().domains().remove("relay.EXAMPLE")).isTrue();
        assertThat(storage().domains().contains("relay.example")).isFalse();
        assertThat(storage().domains().remove("relay.example")).isFalse();
    }

    @Test
    default void keepsRewritesInTheirOrder() {
        assertThat(storage().rewrites().add("info@relay.example", "bob@relay.example"))
                .isTrue();
        assertThat(storage().rewrites().add("info@relay.example", "alice@relay.example"))
                .isTrue();
        assertThat(storage().rewrites().add("info@relay.example", "alice@relay.example"))
                .isFalse();

        assertThat(reopened().rewrites().targets("info@relay.example"))
                .containsExactly("bob@relay.example", "alice@relay.example");
        assertThat(storage().rewrites().sourcesOf("bob@relay.example")).containsExactly("info@relay.example");
        assertThat(storage().rewrites().remove("info@relay.example", "bob@relay.example"))
                .isTrue();
        assertThat(storage().rewrites().remove("info@relay.example", "bob@relay.example"))
                .isFalse();
        assertThat(storage().rewrites().targets("info@relay.example")).containsExactly("alice@relay.example");
        assertThat(storage().rewrites().sourcesOf("bob@relay.example")).isEmpty();
        assertThat(storage().rewrites().all()).hasSize(1);
    }
}
