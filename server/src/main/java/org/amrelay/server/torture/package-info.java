// SPDX-License-Identifier: Apache-2.0
/**
 * Kills a loaded relay over and over and proves that nothing it acknowledged is lost: {@code amr torture}.
 *
 * <p>Three books are kept apart and compared at the end: what clients were told ({@code ClientBook}), what the next hop took
 * ({@link org.amrelay.server.destination.DestinationServer}), what the ledger says ({@code LedgerBook}). A second copy is
 * excused only where a book made before the restart shows that the relay could not know ({@code DoubtBook}).
 *
 * <p>Entry type: {@link org.amrelay.server.torture.Torture}. The relay is a child process; load sessions have a thread each.
 * Touches nothing outside the directory it is given, talks to 127.0.0.1 only.
 */
@NullMarked
package org.amrelay.server.torture;

import org.jspecify.annotations.NullMarked;
