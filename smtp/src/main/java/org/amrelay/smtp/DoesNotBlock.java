// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp;

/**
 * Says that a hook waits for nothing: no disk, no network, no lock that is held for long.
 *
 * <p>While all hooks of a server say so, its commands run on the event loop; a single other hook moves them to a pool.
 */
public interface DoesNotBlock {
    /** False while the way it is configured makes it wait after all. */
    default boolean neverWaits() {
        return true;
    }

    /** Whether a hook of any kind says so. */
    static boolean isSaidBy(Object hook) {
        return hook instanceof DoesNotBlock told && told.neverWaits();
    }
}
