// SPDX-License-Identifier: Apache-2.0
/**
 * Hooks that are asked at RCPT: may mail go to this recipient. An open relay is prevented here.
 */
@NullMarked
package org.amrelay.smtp.rcpt;

import org.jspecify.annotations.NullMarked;
