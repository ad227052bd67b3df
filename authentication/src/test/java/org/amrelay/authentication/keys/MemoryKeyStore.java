// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.util.ArrayList;
import java.util.List;

final class MemoryKeyStore implements DkimKeyStore {
    private final List<StoredKey> keys = new ArrayList<>();

    @Override
    public List<StoredKey> all() {
        return List.copyOf(keys);
    }

    @Override
    public boolean add(StoredKey key) {
        return keys.stream().noneMatch(key::isSame) && keys.add(key);
    }

    @Override
    public boolean replace(List<StoredKey> changed) {
        changed.forEach(key -> keys.replaceAll(old -> old.isSame(key) ? key : old));
        return true;
    }

    @Override
    public boolean remove(String domain, String selector) {
        return keys.removeIf(
                key -> key.domain().equals(domain) && key.selector().equals(selector));
    }
}
