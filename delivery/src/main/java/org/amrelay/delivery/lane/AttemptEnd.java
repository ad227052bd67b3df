// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an attempt ended.
 *
 * @param fates one per recipient of the delivery, in order
 * @param unreachable no session came about with any host
 * @param until when it makes sense to try again, if that is known
 */
record AttemptEnd(List<Fate> fates, boolean unreachable, Optional<Instant> until) {}
