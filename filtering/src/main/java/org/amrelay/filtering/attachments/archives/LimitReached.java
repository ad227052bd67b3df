// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.archives;

import java.io.IOException;

/** An archive wants more than it may have; the reason is a word of the verdict. */
public final class LimitReached extends IOException {
    private static final long serialVersionUID = 1;

    public LimitReached(String reason) {
        super(reason);
    }

    /** The word for it, such as {@code too-many-bytes}. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
