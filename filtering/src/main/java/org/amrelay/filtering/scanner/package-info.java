// SPDX-License-Identifier: Apache-2.0
/**
 * What all programs beside the relay that look at mail have in common: where they are, and what happens without them.
 *
 * <p>{@link org.amrelay.filtering.scanner.ScannerPool} asks the first host that works and remembers which do not;
 * {@link org.amrelay.filtering.scanner.WithoutScanner} says what becomes of mail when none does. Nothing here knows what is
 * scanned for. Safe for several threads; only the pool's own threads wait for the network.
 */
@NullMarked
package org.amrelay.filtering.scanner;

import org.jspecify.annotations.NullMarked;
