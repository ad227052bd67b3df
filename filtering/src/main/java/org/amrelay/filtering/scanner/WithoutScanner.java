// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

/** What becomes of mail while a scanner does not answer. */
public enum WithoutScanner {
    /** The client is told to try later (4xx); what is taken already waits. */
    REFUSE,
    /** It goes on without having been scanned, and says so. */
    ACCEPT,
    /** It is taken, waits in the queue, and is scanned when the scanner is back. */
    HOLD_AND_RESCAN
}
