// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Whether there is room. Immutable. */
public sealed interface LimitVerdict {
    /** All claims are counted. */
    record Admitted() implements LimitVerdict {}

    /**
     * None is counted.
     *
     * @param room when there may be room again; never earlier
     */
    record Exceeded(LimitClaim claim, Instant room) implements LimitVerdict {}

    /** One of the two. */
    default <R> R fold(Supplier<? extends R> admitted, BiFunction<LimitClaim, Instant, ? extends R> exceeded) {
        return this instanceof Exceeded e ? exceeded.apply(e.claim(), e.room()) : admitted.get();
    }
}
