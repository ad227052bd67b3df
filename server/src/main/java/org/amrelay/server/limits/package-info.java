// SPDX-License-Identifier: Apache-2.0
/**
 * Counts of what accounts send that several relays keep together, in a Redis server.
 *
 * <p>Entry type: {@link org.amrelay.server.limits.SharedLimits}, the {@code LimitStore} of a relay. All claims of an event are
 * one script, so that nothing happens in between and a busy account costs no second try. Callers wait, at most for a fixed
 * time; while Redis is away the counts of this process decide. Never refuses because Redis is away, never writes a key that
 * does not expire.
 */
@NullMarked
package org.amrelay.server.limits;

import org.jspecify.annotations.NullMarked;
