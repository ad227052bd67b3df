// SPDX-License-Identifier: Apache-2.0
/**
 * The bytes of a message and the views on them that all checks share.
 *
 * <p>Entry types: {@link org.amrelay.mail.message.MessageContent}, the bytes; {@link org.amrelay.mail.message.MessageView}, what
 * people and programs see in them (RFC 5322, RFC 2045, RFC 2046); {@link org.amrelay.mail.message.HeaderSection}, the header octet
 * by octet, for signatures; {@link org.amrelay.mail.message.MessageScanner}, the limits of what comes in. A message is never
 * copied to be looked at, unless it is large and lies nowhere where one can go back. Views are lazy, immutable, safe for several
 * threads, and never fail for what is in a message.
 */
@NullMarked
package org.amrelay.mail.message;

import org.jspecify.annotations.NullMarked;
