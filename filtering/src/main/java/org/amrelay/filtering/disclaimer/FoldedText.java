// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.text.Normalizer;
import java.util.Locale;

/** Text without what mail programs do to it in a reply: quote marks, line breaks, blanks, other quotes and dashes. Stateless. */
final class FoldedText {
    private FoldedText() {}

    /** Letters and digits in small letters and nothing else. */
    static String of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(plain.length());
        plain.codePoints().filter(Character::isLetterOrDigit).forEach(out::appendCodePoint);
        return out.toString();
    }
}
