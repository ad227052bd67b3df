// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.failure;

import java.io.IOException;

/**
 * Makes the disk fail on purpose, for tests and for {@code amr torture}.
 *
 * <p>Called on the threads that write; may be called by several at once.
 */
@FunctionalInterface
public interface Faults {
    /** Where the disk can fail. */
    enum Point {
        /** Before a statement group is written. */
        WRITE,
        /** Before the transaction is committed and synced. */
        SYNC,
        /** Before a large body is written into its file. */
        BODY_FILE
    }

    /**
     * Throws when the disk shall fail here.
     *
     * @throws IOException as the disk would
     */
    void at(Point point) throws IOException;

    /** A disk that fails only by itself. */
    static Faults none() {
        return point -> {};
    }
}
