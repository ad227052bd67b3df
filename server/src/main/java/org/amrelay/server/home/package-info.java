// SPDX-License-Identifier: Apache-2.0
/**
 * The home directory of a relay: what is in it, how it comes to be, who holds it.
 *
 * <p>Entry types: {@link org.amrelay.server.home.Home} (the places), {@link org.amrelay.server.home.HomeCreator} (the
 * first start), {@link org.amrelay.server.home.RelaySettings} (what {@code conf/relay.yaml} and the environment say),
 * {@link org.amrelay.server.home.HomeLock} (one relay for each home). Every mistake an operator can make here is a
 * {@link org.amrelay.server.home.StartRefused} with one line that says what to do. Nothing here knows James; nothing here
 * overwrites a file that is already there.
 */
@NullMarked
package org.amrelay.server.home;

import org.jspecify.annotations.NullMarked;
