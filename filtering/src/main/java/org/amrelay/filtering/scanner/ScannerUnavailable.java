// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

/** No host of a scanner has answered; says which ones, and why. */
public final class ScannerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    ScannerUnavailable(String message) {
        super(message);
    }
}
