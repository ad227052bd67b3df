// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

/**
 * How much of an HTML part is looked at. Immutable.
 *
 * @param characters of the source
 * @param depth of elements inside each other; deeper ones count as siblings
 * @param links links, forms, images and other addresses, each kind for itself
 */
public record HtmlLimits(int characters, int depth, int links) {
    public HtmlLimits {
        if (characters < 1 || depth < 1 || links < 1) {
            throw new IllegalArgumentException("each limit of an HTML part is at least 1");
        }
    }

    /** 512 Ki characters, depth 256, 2,000 links. */
    public static HtmlLimits usual() {
        return new HtmlLimits(512 * 1024, 256, 2_000);
    }
}
