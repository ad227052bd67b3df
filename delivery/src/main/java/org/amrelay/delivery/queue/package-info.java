// SPDX-License-Identifier: Apache-2.0
/**
 * The deliveries that wait or run, and the port through which they survive a crash.
 *
 * <p>Entry type: {@link org.amrelay.delivery.queue.DeliveryStore}, implemented by storage. A delivery is one mail for the
 * recipients that share a next hop; its outcome is reported once per attempt and becomes durable in one transaction with
 * the notice to the sender.
 */
@NullMarked
package org.amrelay.delivery.queue;

import org.jspecify.annotations.NullMarked;
