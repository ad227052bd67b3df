// SPDX-License-Identifier: Apache-2.0
/**
 * How mail that rested in repositories, before there was a quarantine, gets there.
 *
 * <p>Entry type: {@link org.amrelay.storage.quarantine.QuarantineTakeOver}. The quarantine itself is the engine's ports,
 * {@link org.amrelay.filtering.quarantine.QuarantineStores}.
 */
@NullMarked
package org.amrelay.storage.quarantine;

import org.jspecify.annotations.NullMarked;
