// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.List;
import java.util.Optional;

/**
 * By what a reported message can be recognised.
 *
 * @param messageId its Message-ID with angle brackets
 * @param envelopeId the ENVID that its sender gave (RFC 3461 §4.4)
 * @param from addresses of its From field
 * @param to addresses of its To and Cc fields
 */
public record OriginalReference(
        Optional<String> messageId, Optional<String> envelopeId, List<String> from, List<String> to) {
    public OriginalReference {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    static OriginalReference none() {
        return new OriginalReference(Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    OriginalReference withEnvelopeId(Optional<String> id) {
        return new OriginalReference(messageId, id, from, to);
    }
}
