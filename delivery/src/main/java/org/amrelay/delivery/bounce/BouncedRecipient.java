// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.Optional;
import org.amrelay.delivery.bounce.reason.BounceReason;

/**
 * What a notice says of one recipient.
 *
 * @param address the final recipient (RFC 3464 §2.3.2), empty text when none is named
 * @param original the recipient as the sender wrote it (RFC 3464 §2.3.1), when that is told
 * @param action failed, delayed, delivered, relayed or expanded (RFC 3464 §2.3.3)
 * @param diagnostic the words of the server that refused; at most 1,000 characters
 * @param remoteMta the name of that server
 * @param reason what those words mean
 */
public record BouncedRecipient(
        String address,
        Optional<String> original,
        String action,
        String diagnostic,
        Optional<String> remoteMta,
        BounceReason reason) {
    private static final int LONGEST_DIAGNOSTIC = 1_000;

    public BouncedRecipient {
        diagnostic =
                diagnostic.length() > LONGEST_DIAGNOSTIC ? diagnostic.substring(0, LONGEST_DIAGNOSTIC) : diagnostic;
    }
}
