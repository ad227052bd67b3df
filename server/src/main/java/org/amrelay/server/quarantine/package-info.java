// SPDX-License-Identifier: Apache-2.0
/**
 * The quarantine in a running relay: what mailets ask for, what happens by the clock, and what earlier versions kept.
 *
 * <p>Entry types: {@link org.amrelay.server.quarantine.QuarantineModule} (the parts),
 * {@link org.amrelay.server.quarantine.QuarantineUpkeep} (one thread of its own) and
 * {@link org.amrelay.server.quarantine.QuarantineDesk} (what operators and recipients decide with). Digests are sent only when
 * {@code quarantine.public-url} says where their links lead.
 */
@NullMarked
package org.amrelay.server.quarantine;

import org.jspecify.annotations.NullMarked;
