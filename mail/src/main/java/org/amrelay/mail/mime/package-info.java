// SPDX-License-Identifier: Apache-2.0
/**
 * The small grammars of MIME and of mail header fields, read as leniently as mail programs read them (RFC 2045, 2047, 2231, 5322).
 *
 * <p>Entry types: {@link org.amrelay.mail.mime.MediaType}, {@link org.amrelay.mail.mime.HeaderDecoder},
 * {@link org.amrelay.mail.mime.Mailbox}, {@link org.amrelay.mail.mime.TransferEncoding},
 * {@link org.amrelay.mail.mime.TrueType}. What is broken becomes a {@link org.amrelay.mail.mime.MimeFlaw}, never an exception.
 * Values are immutable, parsers stateless. The structure of a whole message is {@code mail.message}'s matter.
 */
@NullMarked
package org.amrelay.mail.mime;

import org.jspecify.annotations.NullMarked;
