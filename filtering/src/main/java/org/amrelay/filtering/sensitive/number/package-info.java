// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers with a fixed form: cards, accounts, national identity and tax numbers, health numbers, documents, phones.
 *
 * <p>Entry type: {@link org.amrelay.filtering.sensitive.number.NumberDetector}. What the numbers are called and look like stands in
 * {@code numbers.txt}; the classes hold their check digits. Immutable, safe for several threads. It asks nobody whether a number was given out.
 */
@NullMarked
package org.amrelay.filtering.sensitive.number;

import org.jspecify.annotations.NullMarked;
