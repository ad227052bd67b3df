// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.failure;

import java.nio.file.Path;

/** Another process has the directory open; the message says which and since when. */
public final class HomeInUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param holder pid and start, as the other process wrote them */
    public HomeInUse(Path directory, String holder) {
        super(directory + " is in use by " + holder);
    }
}
