// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import org.amrelay.mail.html.HtmlLimits;

/**
 * How much of a message a {@link MessageView} looks at and holds; what is left out becomes a flaw. Immutable.
 *
 * @param headerFields fields of one header
 * @param headerBytes bytes of one header
 * @param allHeaderBytes bytes of the headers of all parts together
 * @param depth multiparts and messages inside each other
 * @param parts all parts of the message together
 * @param textBytes bytes of one text, decoded
 * @param allTextBytes bytes of all texts together
 * @param decodedBytes bytes that one part may have when decoded; more is not read
 * @param links of the whole message
 * @param heldBytes a message or an encoded one inside of it up to this size is held in memory, a larger one is read from the
 *     disk
 * @param html limits of one HTML part
 */
public record ViewLimits(
        int headerFields,
        int headerBytes,
        int allHeaderBytes,
        int depth,
        int parts,
        int textBytes,
        int allTextBytes,
        long decodedBytes,
        int links,
        int heldBytes,
        HtmlLimits html) {
    public ViewLimits {
        boolean tooSmall = headerFields < 1
                || headerBytes < 1
                || allHeaderBytes < 1
                || depth < 1
                || parts < 1
                || textBytes < 1
                || allTextBytes < 1
                || decodedBytes < 1
                || links < 1
                || heldBytes < 1;
        if (tooSmall) {
            throw new IllegalArgumentException("each limit of a view is at least 1");
        }
    }

    /**
     * 1,000 fields and 256 KiB a header, 2 MiB of headers, depth 50, 2,000 parts, 512 KiB a text, 2 MiB of text, 256 MiB a
     * decoded part, 5,000 links, 1 MiB in memory.
     */
    public static ViewLimits usual() {
        return new ViewLimits(
                1_000,
                256 * 1024,
                2 * 1024 * 1024,
                50,
                2_000,
                512 * 1024,
                2 * 1024 * 1024,
                256L * 1024 * 1024,
                5_000,
                1024 * 1024,
                HtmlLimits.usual());
    }
}
