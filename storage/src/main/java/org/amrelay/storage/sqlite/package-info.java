// SPDX-License-Identifier: Apache-2.0
/**
 * The storage on SQLite: one writer thread with group commit, a few readers, indexes of what is due in memory.
 *
 * <p>Entry type: {@link org.amrelay.storage.sqlite.SqliteEngine}. A write is a {@code Write} that the
 * {@link org.amrelay.storage.sqlite.Writer} runs together with others in one transaction; it may run twice, so it touches
 * nothing but the tables, and what it means for memory happens in its second part, after the commit. Claims are in memory
 * only. Threads: {@code amr-storage-writer} writes, {@code amr-storage-done} completes stages.
 */
@NullMarked
package org.amrelay.storage.sqlite;

import org.jspecify.annotations.NullMarked;
