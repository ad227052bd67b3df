// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

/**
 * How much structure one message may have.
 *
 * <p>The limits bound what every later parser has to hold. They are far above what people send and far below what
 * hurts. Immutable.
 *
 * @param headerFields fields of one header, of the message or of a part
 * @param headerBytes size of one header in bytes, line ends included
 * @param receivedFields Received fields of the message; more of them mean a loop (RFC 5321 §6.3)
 * @param depth multiparts and enclosed messages inside each other
 * @param parts all parts of the message together
 */
public record MessageLimits(int headerFields, int headerBytes, int receivedFields, int depth, int parts) {
    public MessageLimits {
        if (headerFields < 1 || headerBytes < 1 || receivedFields < 1 || depth < 1 || parts < 1) {
            throw new IllegalArgumentException("each limit of a message is at least 1");
        }
    }

    /** 1,000 fields, 256 KiB, 100 Received fields, depth 100, 10,000 parts. */
    public static MessageLimits usual() {
        return new MessageLimits(1_000, 256 * 1024, 100, 100, 10_000);
    }
}
