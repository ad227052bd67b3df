// SPDX-License-Identifier: Apache-2.0
/**
 * JSON of strangers.
 *
 * <p>Entry type: {@link org.amrelay.delivery.json.BoundedJson}. Has limits on depth, lengths and number of values, and takes
 * whatever has another shape for missing. Pure; safe for several threads. Never decides what the values mean.
 */
@NullMarked
package org.amrelay.delivery.json;

import org.jspecify.annotations.NullMarked;
