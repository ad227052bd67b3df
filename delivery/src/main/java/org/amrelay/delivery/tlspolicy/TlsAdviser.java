// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.tls.TlsRequirement;

/** Says what a destination must reach; asked anew for each attempt. Safe for several threads. */
@FunctionalInterface
public interface TlsAdviser {
    /** Completes normally. */
    CompletionStage<DestinationTls> advise(Destination destination);

    /** The route's policy alone, if it needs nothing but itself. */
    static TlsAdviser routesOnly() {
        return destination -> CompletableFuture.completedFuture(
                (host, port, secure) -> CompletableFuture.completedFuture(TlsRequirement.of(destination.policy())));
    }
}
