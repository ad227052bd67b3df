// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/** Makes evidence of a value that does not give it away. Stateless. */
final class Masking {
    private static final int SEEN = 4;
    private static final int MOST = 24;

    private Masking() {}

    /** Stars for all letters and digits but the last four, or the last two of a short value; never more than that. */
    static String mask(String value) {
        int characters = (int) value.chars().filter(Character::isLetterOrDigit).count();
        int seen = characters > 8 ? SEEN : characters > 4 ? 2 : 0;
        StringBuilder masked = new StringBuilder();
        int left = characters;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean counts = Character.isLetterOrDigit(c);
            masked.append(counts ? left <= seen ? c : '*' : c > ' ' && c < 0x7f ? c : ' ');
            left -= counts ? 1 : 0;
        }
        return masked.length() <= MOST ? masked.toString() : "***" + masked.substring(masked.length() - MOST + 3);
    }

    /** Nothing of the value but its last two letters or digits; for what has no other form than its secret. */
    static String secret(String value) {
        String end = value.length() > 12 ? value.substring(value.length() - 2) : "";
        return "********" + (end.chars().allMatch(Character::isLetterOrDigit) ? end : "");
    }
}
