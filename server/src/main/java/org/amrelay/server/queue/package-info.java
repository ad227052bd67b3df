// SPDX-License-Identifier: Apache-2.0
/**
 * James' mail queues on our spool, and the effects that processing one mail has, collected until it ends.
 *
 * <p>Entry types: {@link org.amrelay.server.queue.RelayMailQueueFactory} and {@link org.amrelay.server.queue.OpenItems}. What
 * James' code does to the queues, to repositories and to delivery while a spool item is open is not written but noted in
 * the item's {@link org.amrelay.server.queue.OpenItem}; it becomes durable in the one transaction that ends the item, or
 * never. A message is read from storage when somebody asks for it, and written again only when it was changed.
 */
@NullMarked
package org.amrelay.server.queue;

import org.jspecify.annotations.NullMarked;
