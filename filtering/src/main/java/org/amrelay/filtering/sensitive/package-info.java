// SPDX-License-Identifier: Apache-2.0
/**
 * Sensitive values in text: what they are and where they stand, never the values themselves.
 *
 * <p>Entry type: {@link org.amrelay.filtering.sensitive.SensitiveFinder}.
 */
@NullMarked
package org.amrelay.filtering.sensitive;

import org.jspecify.annotations.NullMarked;
