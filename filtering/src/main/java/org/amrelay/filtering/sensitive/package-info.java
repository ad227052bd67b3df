// SPDX-License-Identifier: Apache-2.0
/**
 * Sensitive values in a text: cards, accounts, national numbers, documents, secrets, and what a site adds.
 *
 * <p>Entry type: {@link org.amrelay.filtering.sensitive.SensitiveFinder}, made by {@code SensitiveTypes}. Check digits and key words near
 * a value decide, never a look-up. Linear in the text, bounded in finds, safe for several threads. It never gives away a value.
 */
@NullMarked
package org.amrelay.filtering.sensitive;

import org.jspecify.annotations.NullMarked;
