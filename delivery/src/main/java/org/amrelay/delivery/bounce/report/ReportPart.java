// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.report;

/**
 * One leaf of a message.
 *
 * @param kind what it is for
 * @param header its own header
 * @param text decoded; of HTML the words, of an original the message with its header
 */
public record ReportPart(Kind kind, LooseHeader header, String text) {
    /** What a part can be for. */
    public enum Kind {
        TEXT,
        HTML,
        /** What stands before the first boundary, usually nothing that matters. */
        PREAMBLE,
        /** message/delivery-status (RFC 3464) or message/global-delivery-status (RFC 6533). */
        STATUS,
        /** message/feedback-report (RFC 5965). */
        FEEDBACK,
        /** message/disposition-notification (RFC 8098). */
        DISPOSITION,
        /** The message that the report is about, or its header. */
        ORIGINAL,
        /** What a provider tells in JSON. */
        JSON,
        OTHER
    }
}
