// SPDX-License-Identifier: Apache-2.0
/**
 * One class for each decision while a client is connected, in the order in which they are asked: {@code connect},
 * {@code auth}, {@code mail}, {@code rcpt}, {@code data}.
 *
 * <p>The classes are James' hooks, named by full name in the {@code handlerchain} of {@code smtpserver.xml}, and work in
 * a stock James too. They hold settings and call an engine; the framing of the bytes is not here but in the server.
 */
@NullMarked
package org.amrelay.smtp;

import org.jspecify.annotations.NullMarked;
