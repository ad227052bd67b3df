// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.storage.repository.RepositoryStore;

/**
 * A mail for a repository that is ready to be written.
 *
 * @param id of the row
 * @param snapshot its mail as stored
 * @param replaced id of the mail that was there under the same key, 0 for none; known after the write
 */
record PreparedStore(long id, RepositoryStore store, PreparedBody body, byte[] snapshot, AtomicLong replaced) {}
