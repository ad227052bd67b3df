// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.keys.KeyState;
import org.amrelay.authentication.keys.StoredKey;
import org.amrelay.storage.StorageContract;
import org.junit.jupiter.api.Test;

public interface DkimKeyContract extends StorageContract {
    private static StoredKey key(String selector, KeyState state) {
        return new StoredKey(
                "relay.example",
                selector,
                SignatureAlgorithm.ED25519_SHA256,
                state,
                NOW,
                NOW.plusSeconds(1),
                state == KeyState.NEXT ? Optional.of(NOW.plusSeconds(2)) : Optional.empty(),
                new byte[] {1, 2},
                new byte[] {3, 4, 5});
    }

    @Test
    default void keepsKeysOverARestart() {
        assertThat(storage().dkimKeys().add(key("b", KeyState.NEXT))).isTrue();
        assertThat(storage().dkimKeys().add(key("a", KeyState.ACTIVE))).isTrue();
        assertThat(storage().dkimKeys().add(key("a", KeyState.NEXT))).isFalse();

        assertThat(reopened().dkimKeys().all())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(key("a", KeyState.ACTIVE), key("b", KeyState.NEXT));
    }

    @Test
    default void changesAllKeysOrNone() {
        storage().dkimKeys().add(key("a", KeyState.ACTIVE));
        storage().dkimKeys().add(key("b", KeyState.NEXT));

        assertThat(storage().dkimKeys().replace(List.of(key("a", KeyState.RETIRED), key("c", KeyState.ACTIVE))))
                .isFalse();
        assertThat(storage().dkimKeys().all())
                .extracting(StoredKey::state)
                .containsExactly(KeyState.ACTIVE, KeyState.NEXT);
        assertThat(storage().dkimKeys().replace(List.of(key("a", KeyState.RETIRED), key("b", KeyState.ACTIVE))))
                .isTrue();
        assertThat(storage().dkimKeys().all())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(key("a", KeyState.RETIRED), key("b", KeyState.ACTIVE));
    }

    @Test
    default void removesKeys() {
        storage().dkimKeys().add(key("a", KeyState.ACTIVE));

        assertThat(storage().dkimKeys().remove("relay.example", "a")).isTrue();
        assertThat(storage().dkimKeys().remove("relay.example", "a")).isFalse();
        assertThat(storage().dkimKeys().all()).isEmpty();
    }
}
