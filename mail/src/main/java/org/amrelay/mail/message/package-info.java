// SPDX-License-Identifier: Apache-2.0
/**
 * The bytes of a message and the views on them that all checks share.
 *
 * <p>Entry type: {@link org.amrelay.mail.message.MessageContent}. A message is never copied to be looked at.
 */
@NullMarked
package org.amrelay.mail.message;

import org.jspecify.annotations.NullMarked;
