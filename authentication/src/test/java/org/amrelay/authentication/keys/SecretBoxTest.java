// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final byte[] SECRET = "secret".getBytes(UTF_8);

    private final SecretBox box = SecretBox.of(KEY, new SecureRandom());

    @Test
    void opensWhatItSealed() {
        byte[] sealed = box.seal("name", SECRET);

        assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
        assertThat(box.open("name", sealed)).contains(SECRET);
        assertThat(SecretBox.of(" " + KEY.replace("=", "") + "\n", new SecureRandom())
                        .open("name", sealed))
                .contains(SECRET);
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(box.seal("name", SECRET)).isNotEqualTo(box.seal("name", SECRET));
    }

    @Test
    void doesNotOpenUnderAnotherName() {
        assertThat(box.open("other", box.seal("name", SECRET))).isEmpty();
    }

    @Test
    void doesNotOpenWithAnotherKey() {
        byte[] other = new byte[32];
        other[0] = 1;
        String text = Base64.getUrlEncoder().encodeToString(other);

        assertThat(SecretBox.of(text, new SecureRandom()).open("name", box.seal("name", SECRET)))
                .isEmpty();
    }

    @Test
    void doesNotOpenWhatSomebodyChanged() {
        byte[] sealed = box.seal("name", SECRET);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(box.open("name", changed)).as("octet %s", i).isEmpty();
        }
        assertThat(box.open("name", new byte[0])).isEmpty();
    }

    @Test
    void refusesAKeyOfAnotherLengthWithoutShowingIt() {
        assertThatThrownBy(() -> SecretBox.of("c2hvcnQ", new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 octets, not 32")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> SecretBox.of("***", new SecureRandom()))
                .hasMessageContaining("not base64")
                .hasMessageNotContaining("***");
    }
}
