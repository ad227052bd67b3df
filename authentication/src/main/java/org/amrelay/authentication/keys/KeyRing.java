// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.dkim.OwnKey;

/**
 * All keys in memory, those that sign opened.
 *
 * <p>Reads see a change as soon as the call that made it returns. Safe for several threads.
 */
public final class KeyRing implements SigningKeys {
    private final DkimKeyStore store;
    private final SecretBox box;
    private volatile Keys keys;

    /** Everything at one moment. */
    private record Keys(List<StoredKey> all, Map<String, List<OwnKey>> signing, List<StoredKey> unopened) {}

    /** Reads all keys. */
    public KeyRing(DkimKeyStore store, SecretBox box) {
        this.store = store;
        this.box = box;
        this.keys = read();
    }

    @Override
    public List<OwnKey> of(String domain) {
        return keys.signing().getOrDefault(domain, List.of());
    }

    /** All keys, by domain, then by age. */
    public List<StoredKey> all() {
        return keys.all();
    }

    /** Keys that were sealed with another secret, or have been changed by somebody; they cannot sign. */
    public List<StoredKey> unopened() {
        return keys.unopened();
    }

    /** Reads all keys again. */
    synchronized void refresh() {
        keys = read();
    }

    private Keys read() {
        List<StoredKey> all = List.copyOf(store.all());
        Map<String, List<OwnKey>> signing = new HashMap<>();
        List<StoredKey> unopened = new ArrayList<>();
        for (StoredKey stored : all) {
            Optional<OwnKey> opened = open(stored);
            if (opened.isEmpty()) {
                unopened.add(stored);
            } else if (stored.state() == KeyState.ACTIVE) {
                signing.computeIfAbsent(stored.domain(), none -> new ArrayList<>())
                        .add(opened.get());
            }
        }
        signing.replaceAll((domain, list) -> List.copyOf(list));
        return new Keys(all, Map.copyOf(signing), List.copyOf(unopened));
    }

    /** The opened key; empty when the secret does not fit. */
    Optional<OwnKey> open(StoredKey stored) {
        String name = KeyMaker.sealName(stored.domain(), stored.selector());
        return box.open(name, stored.sealed()).flatMap(octets -> {
            try {
                return Optional.of(
                        PrivateKeyReader.read(stored.domain(), stored.selector(), stored.algorithm(), octets));
            } catch (GeneralSecurityException | IllegalArgumentException foreign) {
                // Sealed by us under this name, but not what we seal
                return Optional.empty();
            }
        });
    }
}
