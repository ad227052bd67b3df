// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

/**
 * Text and how it was got out of bytes. Immutable.
 *
 * @param text with U+FFFD where bytes stood for nothing
 * @param charset the name of the charset that was used, in lower case
 * @param repaired whether another charset than the declared one was used, or a declared one is unknown
 * @param damaged whether some bytes stand for nothing in that charset
 */
public record DecodedText(String text, String charset, boolean repaired, boolean damaged) {
    /** Text that needed no decoding. */
    public static DecodedText plain(String text) {
        return new DecodedText(text, "us-ascii", false, false);
    }
}
