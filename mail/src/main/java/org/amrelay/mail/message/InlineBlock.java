// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import org.amrelay.mail.mime.TransferEncoding;

/**
 * A file inside of a text, from before MIME. Immutable.
 *
 * @param from the offset of its first line in the decoded text
 * @param to the offset behind its last line
 */
record InlineBlock(long from, long to, String name, TransferEncoding encoding) {}
