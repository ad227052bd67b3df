// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.util.Optional;
import org.amrelay.delivery.tls.TlsFailure;

/** Which policy holds for a domain now. */
public sealed interface StsResult {
    /** This one, enforced or for testing. */
    record Applies(StsPolicy policy) implements StsResult {}

    /**
     * None.
     *
     * @param failure when there seems to be one that cannot be had
     */
    record Absent(String why, Optional<TlsFailure> failure) implements StsResult {}
}
