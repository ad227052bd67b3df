// SPDX-License-Identifier: Apache-2.0
/**
 * Hooks that are asked when a client connects or says EHLO.
 */
@NullMarked
package org.amrelay.smtp.connect;

import org.jspecify.annotations.NullMarked;
