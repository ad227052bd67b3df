// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

/**
 * Where a part stands in the bytes of its message.
 *
 * @param headerStart the first byte of its header
 * @param bodyEnd the byte behind its body: that of the line end in front of the next delimiter, or the end of the message
 */
public record PartPlace(long headerStart, long bodyEnd) {}
