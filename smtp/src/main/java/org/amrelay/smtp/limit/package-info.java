// SPDX-License-Identifier: Apache-2.0
/**
 * Hooks that bound how much an account may send.
 */
@NullMarked
package org.amrelay.smtp.limit;

import org.jspecify.annotations.NullMarked;
