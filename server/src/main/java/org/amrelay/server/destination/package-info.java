// SPDX-License-Identifier: Apache-2.0
/**
 * A small SMTP server on the loopback that plays the next hop (RFC 5321): it takes mail, counts it and keeps the last of it.
 *
 * <p>Used by the demo, by torture and by tests. Entry type: {@link org.amrelay.server.destination.DestinationServer}. What
 * it answers is decided by a {@link org.amrelay.server.destination.DestinationBehaviour}: refuse, answer later, hang up
 * before or after it has kept the message. Its threads are its own event loops; a behaviour must not block them.
 *
 * <p>It stores nothing on disk and never relays: it is no mail server.
 */
@NullMarked
package org.amrelay.server.destination;

import org.jspecify.annotations.NullMarked;
