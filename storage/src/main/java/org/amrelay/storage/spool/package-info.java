// SPDX-License-Identifier: Apache-2.0
/**
 * The mail that was accepted and is not processed yet, and the step that ends its processing.
 *
 * <p>Entry types: {@link org.amrelay.storage.spool.Spool} and {@link org.amrelay.storage.spool.HandOver}. Adding is durable
 * before its stage completes, which is when the client may read 250. Whatever processing decided becomes durable in one
 * transaction, or nothing of it does and the item is processed again. Only the queue {@link org.amrelay.storage.spool.Spool#MAIN}
 * makes ledger rows; other queues are plain.
 */
@NullMarked
package org.amrelay.storage.spool;

import org.jspecify.annotations.NullMarked;
