// SPDX-License-Identifier: Apache-2.0
/**
 * What follows when an account is contained: its queue is held, its mail tells of it, the postmaster gets a notice.
 *
 * <p>Entry types: {@link org.amrelay.server.containment.ContainmentOrders} for people, {@link
 * org.amrelay.server.containment.ContainmentUpkeep} for the relay, which has a thread of its own. Whether an account is
 * contained is decided in {@link org.amrelay.authentication.containment}. Never drops mail but by an order to recall it.
 */
@NullMarked
package org.amrelay.server.containment;

import org.jspecify.annotations.NullMarked;
