// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

/** No host of a scanner has answered; says which ones, and why. */
public final class ScannerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean busy;

    ScannerUnavailable(String message, boolean busy) {
        super(message);
        this.busy = busy;
    }

    /** Whether hosts work, but have too much to do. */
    public boolean isBusy() {
        return busy;
    }
}
