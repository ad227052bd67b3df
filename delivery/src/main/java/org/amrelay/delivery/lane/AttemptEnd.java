// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.util.List;

/**
 * How an attempt ended.
 *
 * @param fates one per recipient of the delivery, in order
 * @param unreachable no session came about with any host
 */
record AttemptEnd(List<Fate> fates, boolean unreachable) {}
