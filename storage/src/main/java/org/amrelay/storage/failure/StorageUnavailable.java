// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.failure;

import org.jspecify.annotations.Nullable;

/**
 * Storage cannot do that now: the disk is full, the disk fails, the queue to it is full, or it is being closed.
 *
 * <p>Temporary by nature. Nothing of the failed call was written; what was acknowledged before is kept.
 */
public final class StorageUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public StorageUnavailable(String message) {
        super(message);
    }
}
