// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

/**
 * How a mail is released.
 *
 * @param restart whether it starts from the first processor instead of going on behind the line that took it out
 * @param insist whether that goes for mail too that is not releasable
 */
public record ReleaseManner(boolean restart, boolean insist) {
    /** Goes on where it was taken out. */
    public static ReleaseManner goOn() {
        return new ReleaseManner(false, false);
    }
}
