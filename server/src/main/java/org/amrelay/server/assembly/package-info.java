// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the rooms and James together into one running relay.
 *
 * <p>{@link org.amrelay.server.assembly.RelayServer} is the list of modules: read it to know what runs. {@link
 * org.amrelay.server.assembly.RunningRelay} is the life of one relay: take the home, check, start, listen, drain, stop.
 * Nothing here decides about mail. There is no class-path scan, no JMX, no mailbox and no JPA.
 */
@NullMarked
package org.amrelay.server.assembly;

import org.jspecify.annotations.NullMarked;
