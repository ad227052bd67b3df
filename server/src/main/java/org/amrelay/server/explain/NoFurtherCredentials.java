// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.storage.account.FurtherCredential;
import org.amrelay.storage.account.FurtherCredentials;

/** Lets nobody in and keeps nothing. */
final class NoFurtherCredentials implements FurtherCredentials {
    @Override
    public List<FurtherCredential> of(String account, FurtherCredential.Kind kind) {
        return List.of();
    }

    @Override
    public Optional<FurtherCredential> withCredential(FurtherCredential.Kind kind, String credential) {
        return Optional.empty();
    }

    @Override
    public boolean add(FurtherCredential credential) {
        return false;
    }

    @Override
    public boolean remove(String account, FurtherCredential.Kind kind, String name) {
        return false;
    }

    @Override
    public boolean used(String account, FurtherCredential.Kind kind, String name, Instant at) {
        return false;
    }
}
