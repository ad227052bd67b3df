// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.storage.account.Bans;
import org.amrelay.storage.account.StoredBan;

/** Keeps nobody out and remembers nobody. */
final class NobodyBanned implements Bans {
    @Override
    public Optional<StoredBan> find(String network) {
        return Optional.empty();
    }

    @Override
    public List<StoredBan> all() {
        return List.of();
    }

    @Override
    public void put(StoredBan ban, Instant forgetBefore) {
        // an explanation keeps nobody out
    }

    @Override
    public boolean remove(String network) {
        return false;
    }
}
