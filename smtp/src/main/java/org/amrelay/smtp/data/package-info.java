// SPDX-License-Identifier: Apache-2.0
/**
 * Hooks that are asked when a message is complete: what the session knows is written on the mail.
 */
@NullMarked
package org.amrelay.smtp.data;

import org.jspecify.annotations.NullMarked;
