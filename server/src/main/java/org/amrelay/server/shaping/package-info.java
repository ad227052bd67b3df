// SPDX-License-Identifier: Apache-2.0
/**
 * Reads {@code conf/shaping.yaml}.
 *
 * <p>Entry type: {@link org.amrelay.server.shaping.ShapingFile}. What the words mean is the delivery engine's business; here
 * they are read, and what cannot be is named with its line and column.
 */
@NullMarked
package org.amrelay.server.shaping;

import org.jspecify.annotations.NullMarked;
