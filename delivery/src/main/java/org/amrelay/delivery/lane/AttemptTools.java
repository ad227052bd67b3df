// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.amrelay.delivery.client.OpenResult;
import org.amrelay.delivery.client.OpenResult.Unavailable;
import org.amrelay.delivery.client.SmtpClient;
import org.amrelay.delivery.client.Target;

/** What all attempts share. */
record AttemptTools(
        SmtpClient client,
        HostFinder finder,
        ConnectionPool pool,
        AddressHealth health,
        LaneLimits limits,
        Executor executor) {
    /** Opens a session, unless what its TLS must reach is known to be out of reach. */
    CompletionStage<OpenResult> open(Target target) {
        return target.tls()
                .refusal()
                .<CompletionStage<OpenResult>>map(
                        reply -> CompletableFuture.completedFuture(new Unavailable(target, reply, true)))
                .orElseGet(() -> client.open(target));
    }
}
