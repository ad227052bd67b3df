// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import org.amrelay.authentication.dkim.SignedContent;

/**
 * What became of a message that was to be signed.
 *
 * <p>Immutable.
 */
public sealed interface SigningResult {
    /** For the log. */
    String reason();

    /** The message with its signatures. */
    record Signed(SignedContent content, String reason) implements SigningResult {}

    /** Nobody of ours wrote it, as far as it says. */
    record Unsigned(String reason) implements SigningResult {}
}
