// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

import java.util.Optional;
import org.amrelay.authentication.spf.SpfResult.Status;

/**
 * What one domain's record said, on the way to the result.
 *
 * @param domain whose record decided; the explanation is expanded for it
 * @param explanation where it is to be found, when the record names a place
 */
record Outcome(Status status, String reason, String domain, Optional<MacroString> explanation) {
    static Outcome of(Status status, String reason, String domain) {
        return new Outcome(status, reason, domain, Optional.empty());
    }
}
