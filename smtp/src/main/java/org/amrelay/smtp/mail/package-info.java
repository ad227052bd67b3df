// SPDX-License-Identifier: Apache-2.0
/**
 * Hooks that are asked at MAIL: may this client send, and under this address.
 */
@NullMarked
package org.amrelay.smtp.mail;

import org.jspecify.annotations.NullMarked;
