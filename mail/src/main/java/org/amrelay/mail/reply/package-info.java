// SPDX-License-Identifier: Apache-2.0
/**
 * What one SMTP peer says to the other: reply code, enhanced code (RFC 3463) and text.
 *
 * <p>Entry type: {@link org.amrelay.mail.reply.Reply}. Immutable values.
 */
@NullMarked
package org.amrelay.mail.reply;

import org.jspecify.annotations.NullMarked;
