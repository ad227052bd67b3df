// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import org.amrelay.mail.text.LinkAddress;

/**
 * An image of an HTML part. Immutable.
 *
 * @param width in pixels as declared; -1 when it is not
 * @param height in pixels as declared; -1 when it is not
 */
public record HtmlImage(LinkAddress source, int width, int height, String alternative) {
    /** Where an image comes from. */
    public enum Origin {
        REMOTE,
        /** A part of the message. */
        PART,
        /** The source itself. */
        INLINE,
        OTHER
    }

    public Origin origin() {
        return switch (source.scheme()) {
            case "http", "https", "ftp" -> Origin.REMOTE;
            case "cid" -> Origin.PART;
            case "data" -> Origin.INLINE;
            default -> Origin.OTHER;
        };
    }

    /** Whether it is too small to be seen and comes from elsewhere: it tells that the mail was read. */
    public boolean isBeacon() {
        return origin() == Origin.REMOTE && width >= 0 && height >= 0 && width <= 2 && height <= 2;
    }
}
