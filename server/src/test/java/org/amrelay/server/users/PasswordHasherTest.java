// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {
    private final PasswordHasher hasher = new PasswordHasher(1_000);

    @Test
    void knowsThePasswordAgain() {
        assertThat(hasher.matches("correct horse", Optional.of(hasher.hash("correct horse"))))
                .isTrue();
    }

    @Test
    void knowsNoOtherPassword() {
        assertThat(hasher.matches("Correct horse", Optional.of(hasher.hash("correct horse"))))
                .isFalse();
    }

    @Test
    void saltsEveryHash() {
        assertThat(hasher.hash("secret")).isNotEqualTo(hasher.hash("secret"));
    }

    @Test
    void takesPasswordsBeyondAsciiAndTheEmptyOne() {
        assertThat(hasher.matches("pässwörd 🐋", Optional.of(hasher.hash("pässwörd 🐋"))))
                .isTrue();
        assertThat(hasher.matches("", Optional.of(hasher.hash("")))).isTrue();
    }

    @Test
    void writesDownHowTheHashWasMade() {
        assertThat(new PasswordHasher().hash("secret")).startsWith("$pbkdf2-sha512$i=210000$");
    }

    @Test
    void verifiesAnOlderWorkFactorAndCallsItOutdated() {
        String old = new PasswordHasher(500).hash("secret");
        assertThat(hasher.matches("secret", Optional.of(old))).isTrue();
        assertThat(hasher.isOutdated(old)).isTrue();
        assertThat(hasher.isOutdated(hasher.hash("secret"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$pbkdf2-sha512$i=1000$c2FsdA",
                "$pbkdf2-sha512$i=0$c2FsdA$a2V5",
                "$pbkdf2-sha512$i=2000000000$c2FsdA$a2V5",
                "$pbkdf2-sha512$i=1000$c2FsdA$",
                "$pbkdf2-sha512$i=1000$%%$a2V5",
                "$argon2id$i=1000$c2FsdA$a2V5"
            })
    void matchesNothingToABrokenHash(String stored) {
        assertThat(hasher.matches("secret", Optional.of(stored))).isFalse();
        assertThat(hasher.matches("", Optional.of(stored))).isFalse();
    }

    @Test
    void matchesNothingForSomebodyUnknown() {
        assertThat(hasher.matches("secret", Optional.empty())).isFalse();
    }
}
