// SPDX-License-Identifier: Apache-2.0
/**
 * A message as the spam checks see it: bounded, folded, with what the words of its envelope were.
 *
 * <p>Entry type: {@link org.amrelay.filtering.spam.specimen.Specimen}. Reads at most 256 KiB of text whatever the size of the
 * message; decides nothing.
 */
@NullMarked
package org.amrelay.filtering.spam.specimen;

import org.jspecify.annotations.NullMarked;
