// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import org.amrelay.filtering.sensitive.text.Letters;

/** Makes evidence that may be logged. */
final class Masking {
    private static final int LONGEST = 40;
    private static final int SHORT = 8;
    private static final int LONG = 12;

    private Masking() {}

    /** Stars for letters and digits, but for the last ones, of which a short value shows fewer; long values are shortened. */
    static String mask(String value, int showing) {
        int length = 0;
        for (int i = 0; i < value.length(); i++) {
            length += Letters.isWord(value.charAt(i)) ? 1 : 0;
        }
        int shown = Math.min(showing, length >= LONG ? 4 : length >= SHORT ? 2 : 0);
        StringBuilder masked = new StringBuilder();
        for (int i = Math.max(0, value.length() - LONGEST); i < value.length(); i++) {
            char c = value.charAt(i);
            boolean word = Letters.isWord(c);
            boolean last = word && wordsFrom(value, i) <= shown;
            boolean separator = showing > 0 && (c == ' ' || c == '-' || c == '.' || c == '/');
            masked.append(last || separator ? c : '*');
        }
        return masked.toString();
    }

    private static int wordsFrom(String value, int from) {
        int count = 0;
        for (int i = from; i < value.length(); i++) {
            count += Letters.isWord(value.charAt(i)) ? 1 : 0;
        }
        return count;
    }
}
