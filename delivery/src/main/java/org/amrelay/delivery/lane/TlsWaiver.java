// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Finds out whether a sender would rather have a message delivered than protected: {@code TLS-Required: No} (RFC 8689
 * §5).
 *
 * <p>Asked only when a recipient's policy stands in the way. Safe for several threads.
 */
final class TlsWaiver {
    private final Executor blocking;

    TlsWaiver(Executor blocking) {
        this.blocking = blocking;
    }

    /** Completes normally; a message that cannot be read waives nothing. */
    CompletionStage<Boolean> of(MessageContent content) {
        try {
            return CompletableFuture.supplyAsync(() -> waives(content), blocking);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(false);
        }
    }

    private static boolean waives(MessageContent content) {
        try {
            List<HeaderField> fields = HeaderSection.read(content).named("TLS-Required");
            // Exactly one field counts, as others may have been added on the way
            return fields.size() == 1 && fields.get(0).body().strip().equalsIgnoreCase("no");
        } catch (IOException e) {
            return false;
        }
    }
}
