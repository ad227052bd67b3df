// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import java.util.Optional;
import org.amrelay.mail.reply.EnhancedCode;

/**
 * Why a mail did not arrive.
 *
 * @param category the cause
 * @param permanent whether the server said that another try would not help
 * @param status the most telling code that was given
 * @param sure whether clear words or an exact code said so; else it is only likely
 */
public record BounceReason(BounceCategory category, boolean permanent, Optional<EnhancedCode> status, boolean sure) {
    /** Whether one such answer is enough to call the address dead: there is no such user. */
    public boolean isDefinite() {
        return permanent && sure && category == BounceCategory.ADDRESS_UNKNOWN;
    }

    /** Whether such answers speak against the address when they come again. */
    public boolean isHard() {
        return permanent && category.blamesTheAddress();
    }
}
