// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

/**
 * The text of a header field as a mail program shows it. Immutable.
 *
 * @param text unfolded and decoded
 * @param encodedWords how many encoded words were in it (RFC 2047)
 * @param isIntact false when an encoded word is broken or its bytes do not fit its charset
 * @param isDeclared false when it has bytes beyond ASCII outside of encoded words that are not UTF-8
 */
public record HeaderText(String text, int encodedWords, boolean isIntact, boolean isDeclared) {
    @Override
    public String toString() {
        return text;
    }
}
