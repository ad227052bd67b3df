// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What lets accounts in beside their passwords.
 *
 * <p>Reads come from memory; changes block until they are durable and throw {@code StorageUnavailable}. An account that is
 * removed takes them with it. Safe for several threads.
 */
public interface FurtherCredentials {
    /** Sorted by name. */
    List<FurtherCredential> of(String account, FurtherCredential.Kind kind);

    /** The one with that credential, of whichever account. */
    Optional<FurtherCredential> withCredential(FurtherCredential.Kind kind, String credential);

    /** @return false when there is one of that name or that credential, or no such account */
    boolean add(FurtherCredential credential);

    /** @return false when there was none */
    boolean remove(String account, FurtherCredential.Kind kind, String name);

    /** @return false when there is none */
    boolean used(String account, FurtherCredential.Kind kind, String name, Instant at);
}
