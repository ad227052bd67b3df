// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

/**
 * What the DNS shows of a key.
 *
 * <p>Immutable.
 *
 * @param finding what was found
 * @param advice what to do about it, a sentence; empty when all is well
 */
public record Publication(StoredKey key, Finding finding, String advice) {
    /** The kinds of answer. */
    public enum Finding {
        /** Verifiers can check what this key signs. */
        PUBLISHED,
        /** There is no record. */
        MISSING,
        /** There is a record, and signatures fail with it. */
        DIFFERENT,
        /** The DNS could not say; asking later may tell. */
        UNKNOWN
    }

    /** Whether signatures of the key verify everywhere. */
    public boolean isPublished() {
        return finding == Finding.PUBLISHED;
    }
}
