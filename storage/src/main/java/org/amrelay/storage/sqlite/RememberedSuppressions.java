// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.mail.address.EmailAddress;

/** The list as it was at one moment: knows who is on it, forgets what it is told and has no pages. */
record RememberedSuppressions(SuppressionIndex index) implements SuppressionStore {
    @Override
    public Optional<SuppressionReason> suppressed(Optional<String> account, EmailAddress address, Instant now) {
        return index.find(account, address, now);
    }

    @Override
    public CompletionStage<Integer> put(List<Suppression> entries) {
        return SuppressionStore.empty().put(entries);
    }

    @Override
    public CompletionStage<Boolean> remove(Optional<String> account, EmailAddress address) {
        return SuppressionStore.empty().remove(account, address);
    }

    @Override
    public CompletionStage<Integer> countHardBounce(String account, EmailAddress address, Instant at, Instant since) {
        return SuppressionStore.empty().countHardBounce(account, address, at, since);
    }

    @Override
    public List<Listed> list(Optional<String> account, String address, long afterId, int limit, Instant now) {
        return SuppressionStore.empty().list(account, address, afterId, limit, now);
    }
}
