// SPDX-License-Identifier: Apache-2.0
/**
 * What can go wrong underneath: a disk that is full or broken, a home that somebody else holds or a newer version made.
 *
 * <p>{@link org.amrelay.storage.failure.StorageUnavailable} is always temporary: what was acknowledged is kept, what failed
 * was not written, the same call works when the disk does. The other two end the start.
 */
@NullMarked
package org.amrelay.storage.failure;

import org.jspecify.annotations.NullMarked;
