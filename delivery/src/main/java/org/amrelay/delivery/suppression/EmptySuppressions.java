// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.address.EmailAddress;

/** Stands where no storage is. */
final class EmptySuppressions implements SuppressionStore {
    @Override
    public Optional<SuppressionReason> suppressed(Optional<String> account, EmailAddress address, Instant now) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Integer> put(List<Suppression> entries) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletionStage<Boolean> remove(Optional<String> account, EmailAddress address) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletionStage<Integer> countHardBounce(String account, EmailAddress address, Instant at, Instant since) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public List<Listed> list(Optional<String> account, String address, long afterId, int limit, Instant now) {
        return List.of();
    }
}
