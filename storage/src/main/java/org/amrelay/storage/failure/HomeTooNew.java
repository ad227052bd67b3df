// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.failure;

import java.nio.file.Path;

/** The directory was written by a newer version of the relay, which this one must not touch. */
public final class HomeTooNew extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HomeTooNew(Path directory, int found, int known) {
        super(directory + " was written by a newer version of the relay (schema " + found + ", this version knows "
                + known + "); start that version, or use another directory");
    }
}
