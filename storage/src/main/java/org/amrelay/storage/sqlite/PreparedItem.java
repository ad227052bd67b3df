// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import org.amrelay.storage.spool.SpoolItem;

/**
 * A spool item that is ready to be written.
 *
 * @param snapshot its mail as stored
 */
record PreparedItem(SpoolItem item, PreparedBody body, byte[] snapshot) {
    long weight() {
        return body.weight() + snapshot.length;
    }
}
