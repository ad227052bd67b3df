// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoginCheckTest {
    private static final String BOB = "bob@relay.example";

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private final PasswordHasher hasher = new PasswordHasher(60_000);
    private RelayStorage storage;
    private LoginCheck logins;

    @BeforeEach
    void bobHasAnAccount(RelayStorage opened) {
        storage = opened;
        storage.accounts().add(new Account(BOB, hasher.hash("secret"), Instant.EPOCH));
        logins = new LoginCheck(storage.accounts(), hasher, Clock.systemUTC());
    }

    @AfterEach
    void noMoreLogIns() {
        logins.close();
    }

    @Test
    void acceptsTheRightPasswordWhateverTheCaseOfTheName() throws Exception {
        assertThat(logins.verifyAndWait("Bob@Relay.Example", "secret")).isTrue();
    }

    @Test
    void refusesAWrongPasswordAlsoAfterARightOne() throws Exception {
        assertThat(logins.verifyAndWait(BOB, "secret")).isTrue();
        assertThat(logins.verifyAndWait(BOB, "guess")).isFalse();
    }

    @Test
    void answersABusyClientWithoutHashingAgain() throws Exception {
        logins.verifyAndWait(BOB, "secret");
        assertThat(logins.verify(BOB, "secret").isDone()).isTrue();
    }

    @Test
    void forgetsARememberedLogInWhenThePasswordChanges() throws Exception {
        logins.verifyAndWait(BOB, "secret");
        storage.accounts().update(new Account(BOB, hasher.hash("changed"), Instant.EPOCH));
        assertThat(logins.verifyAndWait(BOB, "secret")).isFalse();
        assertThat(logins.verifyAndWait(BOB, "changed")).isTrue();
    }

    @Test
    void forgetsARememberedLogInWhenTheAccountGoes() throws Exception {
        logins.verifyAndWait(BOB, "secret");
        storage.accounts().remove(BOB);
        assertThat(logins.verifyAndWait(BOB, "secret")).isFalse();
    }

    @Test
    void raisesAnOutdatedWorkFactorAtTheNextLogIn() throws Exception {
        storage.accounts().update(new Account(BOB, new PasswordHasher(100).hash("secret"), Instant.EPOCH));
        logins.verifyAndWait(BOB, "secret");
        String now = storage.accounts().find(BOB).orElseThrow().credential();
        assertThat(now).startsWith("$pbkdf2-sha512$i=60000$");
        assertThat(logins.verify(BOB, "secret").isDone()).isTrue();
    }

    @Test
    void hashesForSomebodyUnknownToo() {
        assertThat(logins.verify("nobody@relay.example", "secret").isDone()).isFalse();
    }

    @Test
    void refusesToBlockANetworkEventLoop() throws Exception {
        DefaultEventLoop loop = new DefaultEventLoop();
        try {
            assertThatThrownBy(() -> loop.submit(() -> logins.verifyAndWait(BOB, "secret"))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("event loop");
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }
}
