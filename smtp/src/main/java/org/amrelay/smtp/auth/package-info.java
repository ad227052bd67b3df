// SPDX-License-Identifier: Apache-2.0
/**
 * Hooks that are asked for a password, and the throttle that makes guessing slow (RFC 4954).
 */
@NullMarked
package org.amrelay.smtp.auth;

import org.jspecify.annotations.NullMarked;
