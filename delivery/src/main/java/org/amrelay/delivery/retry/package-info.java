// SPDX-License-Identifier: Apache-2.0
/**
 * When a delivery that did not succeed is tried again, and when the relay gives up (RFC 5321 §4.5.4.1).
 *
 * <p>Entry type: {@link org.amrelay.delivery.retry.RetrySchedule}. Pure; chance and time come from the caller.
 */
@NullMarked
package org.amrelay.delivery.retry;

import org.jspecify.annotations.NullMarked;
