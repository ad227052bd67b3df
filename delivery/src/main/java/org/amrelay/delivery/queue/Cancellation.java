// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

/**
 * A delivery that an operator has cancelled and whose time for second thoughts is over.
 *
 * @param delivery claimed, to be reported as cancelled
 * @param tellSender whether the sender gets a notice
 */
public record Cancellation(QueuedDelivery delivery, boolean tellSender) {}
