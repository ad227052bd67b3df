// SPDX-License-Identifier: Apache-2.0
/**
 * Finds data in text that must not get out: payment cards, account and identity numbers, secrets.
 *
 * <p>Entry types: {@link org.amrelay.filtering.sensitive.SensitiveFinder} and what implements it,
 * {@link org.amrelay.filtering.sensitive.SensitiveTypes}. Pure, linear in the text, safe for several threads; what it finds it
 * only ever tells masked.
 */
@NullMarked
package org.amrelay.filtering.sensitive;

import org.jspecify.annotations.NullMarked;
