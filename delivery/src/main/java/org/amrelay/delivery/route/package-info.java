// SPDX-License-Identifier: Apache-2.0
/**
 * Where a recipient's mail goes next, and how the servers there are spoken to.
 *
 * <p>Entry type: {@link org.amrelay.delivery.route.RouteBook}, made from {@code conf/routes.yaml} by
 * {@link org.amrelay.delivery.route.RouteBookReader}. A queued delivery keeps only a {@link
 * org.amrelay.delivery.route.NextHop}; its route is looked up at each attempt in the book then in force. Decides from
 * values; resolves no names, which is the lane's work at the time of the attempt. Immutable values, any thread.
 */
@NullMarked
package org.amrelay.delivery.route;

import org.jspecify.annotations.NullMarked;
