// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.greylist;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Keeps what greylisting remembers, for this relay and its neighbours on the same store. Safe for several threads. */
public interface GreylistStore {
    /**
     * Replaces what is kept under a key, in one step.
     *
     * @param change from what is kept to what shall be kept; may be called more than once
     * @param forgetBefore what was last seen before may be forgotten
     * @return what is kept now; fails when the store does not work
     */
    CompletionStage<GreylistEntry> update(
            String key, Function<Optional<GreylistEntry>, GreylistEntry> change, Instant forgetBefore);

    /** What is kept under a key; fails when the store does not work. */
    CompletionStage<Optional<GreylistEntry>> find(String key);
}
