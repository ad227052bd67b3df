// SPDX-License-Identifier: Apache-2.0
/**
 * Where a recipient's mail goes next.
 *
 * <p>Entry type: {@link org.amrelay.delivery.route.NextHop}. Decides from the address and the configured routes; resolves
 * no names, which is the lane's work at the time of the attempt.
 */
@NullMarked
package org.amrelay.delivery.route;

import org.jspecify.annotations.NullMarked;
