// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import org.amrelay.mail.mime.MimeFlaw;

/** How many parts a message may still have, and the room for their headers. For one thread and one message. */
final class PartBudget {
    private final ViewLimits limits;
    private final HeaderLines header;
    private int parts;

    PartBudget(ViewLimits limits) {
        this.limits = limits;
        this.header = new HeaderLines(limits);
    }

    ViewLimits limits() {
        return limits;
    }

    HeaderLines header() {
        return header;
    }

    /** Whether there may be one more inside of this part. */
    boolean take(PartDraft container) {
        if (parts >= limits.parts()) {
            container.flaws.add(MimeFlaw.TOO_MANY_PARTS);
            return false;
        }
        parts++;
        return true;
    }
}
